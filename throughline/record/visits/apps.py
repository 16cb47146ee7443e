from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "throughline.record.visits"
    label = "visits"

    def ready(self) -> None:
        from throughline.record.visits import panel

        panel.offer()
