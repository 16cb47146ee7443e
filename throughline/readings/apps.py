from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "throughline.readings"
    label = "readings"
