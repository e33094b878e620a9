from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "datong.records"
    label = "records"
