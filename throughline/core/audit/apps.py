from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "throughline.core.audit"
    label = "audit"
