"""Addresses of the portal."""

from django.urls import path

from datong.web.portal import home, mine, sign_in, speak

urlpatterns = [
    path("", home.home),
    path("sign-in/", sign_in.sign_in),
    path("sign-out/", sign_in.sign_out),
    path("language/", speak.choose),
    path("mine/", mine.mine),
    path("mine/<int:index>/opening.json", mine.opening),
]
