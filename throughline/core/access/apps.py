from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "throughline.core.access"
    label = "access"

    def ready(self) -> None:
        from throughline.core.access import told  # noqa: F401  (registers audit sentences)
