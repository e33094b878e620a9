"""Tells Django that this package is an app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "datong.records"
    label = "records"
