from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "throughline.record.plans"
    label = "plans"

    def ready(self) -> None:
        from throughline.record.plans import panel

        panel.offer()
