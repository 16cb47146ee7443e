from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "throughline.record.plans"
    label = "plans"
