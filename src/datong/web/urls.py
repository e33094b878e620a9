"""Addresses of the whole site. The pages are listed, with who may open them, in docs/reference/pages.md."""

from django.urls import include, path

urlpatterns = [
    path("", include("datong.web.portal.urls")),
    path("", include("datong.web.stewards.urls")),
    path("", include("datong.web.desk.urls")),
    path("", include("datong.web.bureau.urls")),
]

handler400 = "datong.web.faults.bad_request"
handler403 = "datong.web.faults.forbidden"
handler404 = "datong.web.faults.not_found"
handler500 = "datong.web.faults.broken"
