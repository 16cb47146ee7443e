from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "throughline.web"
    label = "web"
