from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "throughline.record.visits"
    label = "visits"
