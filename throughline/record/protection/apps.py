from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "throughline.record.protection"
    label = "protection"
