from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "throughline.record.people"
    label = "people"
