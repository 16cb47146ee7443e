from django.apps import AppConfig


class SyntheticConfig(AppConfig):
    name = "throughline.synthetic"
    label = "synthetic"
