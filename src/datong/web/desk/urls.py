"""Addresses of the desk: sharing and the query page."""

from django.urls import path

from datong.web.desk import agreements, new_request, query, requests, sharing, verification

urlpatterns = [
    path("query/", query.query),
    path("verify/", verification.verification),
    path("sharing/", sharing.listing),
    path("sharing/new/<resource:name>/", new_request.new_request),
    path("sharing/requests/<str:id>/", requests.request_page),
    path("sharing/requests/<str:id>/approve/", requests.approve),
    path("sharing/requests/<str:id>/refuse/", requests.refuse),
    path("sharing/agreements/<str:id>/", agreements.agreement),
    path("sharing/agreements/<str:id>/revoke/", agreements.revoke),
]
