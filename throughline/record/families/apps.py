from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "throughline.record.families"
    label = "families"

    def ready(self) -> None:
        from throughline.core.access import reach
        from throughline.record.families.queries import seen_because_of

        reach.widen(seen_because_of)
