from typing import Any

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "throughline.record.assessment"
    label = "assessment"

    def ready(self) -> None:
        """Offer a panel beside the child's story."""
        from throughline.record.journey import panels

        panels.offer("assessment", order=30, template="assessment/panel.html", read=_beside)


def _beside(user: Any, person: Any) -> dict[str, Any]:
    from throughline.record.assessment import queries

    return {"known": list(queries.of_person(user, person.pk)[:3])}
