"""Puts a made-up authority into the database, with the history that years of recording would have left."""

from collections.abc import Callable

from django.db import transaction

from throughline.core.access.models import User
from throughline.core.errors import Refused
from throughline.record.people.models import Person
from throughline.synthetic.plan import AnAuthority
from throughline.synthetic.write import door, help_and_protection, lives, story, understanding, workforce
from throughline.synthetic.write.laying import Ids

Told = Callable[[str], None]


@transaction.atomic
def write(authority: AnAuthority, *, password: str, tell: Told = lambda text: None) -> Ids:
    """Write all of it in one transaction and return the ids that its keys became.

    Raises Refused when the record already holds people or accounts: made-up people never stand beside real ones.
    """
    if Person._base_manager.exists() or User.objects.exists():
        raise Refused(
            "This database already holds a record. A made-up authority is only ever put into an empty one: "
            "set THROUGHLINE_HOME or DATABASE_URL to another."
        )
    ids = Ids(authority)
    tell("Teams and workers")
    workforce.write(ids, password)
    for name, room in _ROOMS:
        tell(name)
        room(ids)
    return ids


_ROOMS: list[tuple[str, Callable[[Ids], None]]] = [
    ("People and families", lives.write),
    ("What happened", story.write),
    ("The front door", door.write),
    ("Assessments, plans and visits", understanding.write),
    ("Help and protection", help_and_protection.write),
]
