"""What the document read from elsewhere, as it stood on the day of signing: a signed document does not change."""

from typing import Any

from throughline.record.assessment import readings
from throughline.record.assessment.models import Assessment


def take(assessment: Assessment) -> dict[str, list[readings.Row]]:
    """Return every reading, whoever it tells of; ``readings.for_reader`` narrows it for each who reads."""
    children: list[Any] = [one.person for one in assessment.entry.subjects.select_related("person").order_by("pk")]
    return readings.read(lambda model: model._base_manager.all(), assessment.entry.family_id, children)
