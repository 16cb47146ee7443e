from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "throughline.core.clocks"
    label = "clocks"
