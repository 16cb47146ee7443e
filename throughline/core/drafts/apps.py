from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "throughline.core.drafts"
    label = "drafts"
