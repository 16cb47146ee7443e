from django.apps import AppConfig


class InNeedConfig(AppConfig):
    name = "throughline.record.in_need"
    label = "in_need"
