from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "throughline.record.journey"
    label = "journey"
