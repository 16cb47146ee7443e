"""Whose eyes a reading has: a user's, through core.access, or the system's, which is written in the account.

This is the one place where the record is read for no user: a statutory return is of every child, whoever prepares it.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.core.audit import account
from throughline.readings import told  # noqa: F401  (registers audit sentences)


@dataclass(frozen=True)
class Sight:
    """A user's view of the record, or the system's (``user`` is None)."""

    user: User | None

    def rows(self, model: type[Model]) -> QuerySet[Any]:
        """Return the rows of ``model`` within this sight."""
        if self.user is None:
            return model._base_manager.all()
        return reach.visible(self.user, model)

    def exported(self, *, collection: str, year: int, children: int, everything: bool) -> None:
        """Write in the account that a return was made, of how many children."""
        account.record(
            "readings.exported",
            by=self.user,
            collection=collection,
            year=str(year),
            children=children,
            everything=everything,
        )
