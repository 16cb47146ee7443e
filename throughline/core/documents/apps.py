from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "throughline.core.documents"
    label = "documents"
