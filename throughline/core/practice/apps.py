from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "throughline.core.practice"
    label = "practice"
