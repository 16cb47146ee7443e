from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "throughline.record.front_door"
    label = "front_door"
