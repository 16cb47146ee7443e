from django.apps import AppConfig


class CourtConfig(AppConfig):
    name = "throughline.record.court"
    label = "court"
