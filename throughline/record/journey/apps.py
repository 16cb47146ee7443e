from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "throughline.record.journey"
    label = "journey"

    def ready(self) -> None:
        from throughline.record.journey import beside, panels

        panels.offer("around", order=40, template="journey/around.html", read=beside.around)
