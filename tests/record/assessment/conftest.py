"""An assessment of the Okafor family, and short words for what tests do often."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from throughline.record.assessment import actions
from throughline.record.assessment.models import Answer, Assessment
from throughline.record.people.models import Person

Write = Callable[..., Answer]


@pytest.fixture
def assessment(cast: Cast) -> Assessment:
    """The record for understanding the family, begun today about Ada and Ben."""
    return actions.begin(by=cast.social_worker, family=cast.family, children=[cast.ada, cast.ben])


@pytest.fixture
def write(cast: Cast, assessment: Assessment) -> Write:
    """Write words under a heading as the social worker, over whatever stands there."""

    def writes(section: str, words: str = "", person: Person | None = None, rows: object = ()) -> Answer:
        found = Answer.objects.filter(assessment=assessment, section=section, person=person).first()
        return actions.write_section(
            by=cast.social_worker,
            assessment=assessment,
            section=section,
            person=person,
            version=found.version if found else 0,
            words=words,
            rows=rows,  # type: ignore[arg-type]
        )

    return writes


ESSENTIAL_FAMILY = (
    "reason", "threshold", "now_in_context", "harm", "analysis", "recommendations",
)  # fmt: skip
ESSENTIAL_CHILD = ("story", "meaning")


@pytest.fixture
def essentials(cast: Cast, write: Write) -> None:
    """Something under each heading without which it cannot be signed."""
    for section in ESSENTIAL_FAMILY:
        write(section, f"What the family shares under {section}.")
    write("section_47", "no")
    for child in (cast.ada, cast.ben):
        for section in ESSENTIAL_CHILD:
            write(section, f"What is {child.shown_name}'s under {section}.", child)
