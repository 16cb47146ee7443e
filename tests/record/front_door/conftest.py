"""What the front door's tests share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from throughline.record.front_door import actions
from throughline.record.front_door.actions import Decided, Named, Sharing, Source
from throughline.record.front_door.models import Contact, Decision

SCHOOL = Source("2A", name="Mr Ali", role="form tutor", agency="Hill School", contact="01632 960 111")
SHARED = Sharing("given", "", "public_task", True, "Grace was told by the school on the telephone.")


def taking(cast: Cast, **changes: Any) -> Contact:
    """Take a contact from the school about Ada, with changes."""
    given: dict[str, Any] = {
        "by": cast.front_door,
        "source": SCHOOL,
        "method": "telephone",
        "nature": "harm",
        "happened_on": timezone.localdate(),
        "worry": "She came to school hungry three days running.",
        "named": [Named(cast.ada, "child", "yes")],
        "sharing": SHARED,
    }
    return actions.take_contact(**{**given, **changes})


def deciding(cast: Cast, contact: Contact, outcome: str = "assessment", **changes: Any) -> Decision:
    """Decide for Ada, with changes."""
    given: dict[str, Any] = {
        "by": cast.front_door_manager,
        "contact": contact,
        "outcomes": [Decided(cast.ada, outcome, destination="Family hub", team=cast.other_team)],
        "reasons": "Hungry for days, and nobody at home answers.",
    }
    return actions.decide(**{**given, **changes})


@pytest.fixture
def contact(cast: Cast) -> Contact:
    """A contact from the school about Ada that waits for a decision."""
    return taking(cast)


@pytest.fixture
def door_of(settings: Any, tmp_path: Any) -> Callable[[str], None]:
    """Give the authority another front door: its file's whole text, or the name of one of the four."""
    example = settings.AUTHORITY

    def changed(text: str) -> None:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name in ("authority.toml", "clocks.toml"):
            (folder / name).write_text((example / name).read_text())
        (folder / "front_door.toml").write_text(text if "\n" in text else f'door = "{text}"\n')
        settings.AUTHORITY = folder

    return changed
