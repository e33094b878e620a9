"""Addresses of the data officers' pages; the catalogue among them is for everyone who works with data."""

from django.urls import path, register_converter

from datong.web.names import ResourceInPath
from datong.web.stewards import catalogue, describe, grades, sources

register_converter(ResourceInPath, "resource")

urlpatterns = [
    path("catalogue/", catalogue.listing),
    path("catalogue/<resource:name>/", catalogue.resource),
    path("catalogue/<resource:name>/describe/", describe.describe),
    path("catalogue/<resource:name>/submit/", catalogue.submit),
    path("catalogue/<resource:name>/withdraw/", catalogue.withdraw),
    path("catalogue/<resource:name>/grades/", grades.grades),
    path("catalogue/<resource:name>/grades/second/", grades.second),
    path("catalogue/<resource:name>/grades/examine/", grades.examine),
    path("sources/", sources.listing),
    path("sources/<str:name>/", sources.source),
    path("deliveries/<str:id>/", sources.delivery),
]
