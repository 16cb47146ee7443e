"""What is common to every place: its elements, the desk at which one child is placed, and what it may refuse."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Model

from throughline.readings.census.holdings import Holdings
from throughline.readings.census.values import FIRST_DAY, Held
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person


class CannotHold(Exception):
    """The record cannot hold this value here: ``why`` and ``action`` are sentences for the remark."""

    def __init__(self, why: str, action: str) -> None:
        super().__init__(why)
        self.why, self.action = why, action


@dataclass(frozen=True)
class Element:
    """An element, or a list by the name of its table: how its text is read and written (census.values)."""

    name: str
    kind: str
    codes: str | None = None


@dataclass
class Desk:
    """Where one child's part of a return is placed."""

    person: Person
    holdings: Holdings
    # What entries say of where they came from.
    author: str
    # Which person has which pupil number, of those in the file; kept up as children are placed.
    upns: dict[str, int]
    note: Callable[..., None]
    refused: dict[str, CannotHold] = field(default_factory=dict)


class Place(ABC):
    """One table of the census and the rows of the record in which it stands."""

    table: ClassVar[str]
    model: ClassVar[type[Model]]
    elements: ClassVar[tuple[Element, ...]]
    # The element that tells one row of the table from another: the day it began. "" where a child has one row.
    key: ClassVar[str] = ""

    @abstractmethod
    def current(self, row: Any, holdings: Holdings) -> dict[str, Held]:
        """Return what the record holds now, by element."""

    @abstractmethod
    def make(self, desk: Desk, held: Mapping[str, Held], parent: Any, day: date) -> Any:
        """Make the row from what could be read. ``day`` is when it began. Puts what it refuses in desk.refused."""

    @abstractmethod
    def put(self, desk: Desk, row: Any, element: str, held: Held) -> None:
        """Change one element of the row. Raises CannotHold."""

    def element(self, name: str) -> Element:
        """Return the element called ``name``. Raises KeyError."""
        for one in self.elements:
            if one.name == name:
                return one
        raise KeyError(name)


def move(entry: Entry, day: Held) -> None:
    """Move an entry that a return brought to the day that a newer return has. Its history keeps the old day."""
    entry.happened_on = a_day(day)
    entry.version += 1
    entry.save(update_fields=["happened_on", "version"])


def retell(entry: Entry, summary: str) -> None:
    """Change the line that a timeline shows of an entry that a return brought."""
    if entry.summary != summary[:300]:
        entry.summary = summary[:300]
        entry.version += 1
        entry.save(update_fields=["summary", "version"])


def a_day(held: Held) -> date:
    """Return a day on which something can have happened. Raises CannotHold."""
    if not isinstance(held, date):
        raise CannotHold(
            "The newer return has no date here that can be read, and the record needs one.",
            "Ask the team which is right. The record keeps the date that it had.",
        )
    if held < FIRST_DAY:
        raise CannotHold(
            f"Nothing in the record can have happened in the year {held.year}.",
            "Ask the team for the right date, correct it in the record, and mend it where the return was made.",
        )
    return held
