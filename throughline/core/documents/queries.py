"""Reading documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.core.documents.models import Document, House


@dataclass(frozen=True)
class HouseShown:
    """One of the Three Houses with what the child put into it, the latest first."""

    code: str
    label: str
    documents: list[Document]


def of_person(user: User, person_id: int) -> QuerySet[Document]:
    """Return every document of one person, the latest first, with its versions."""
    return _all(user).filter(person=person_id)


def of_entries(user: User, entry_ids: Iterable[int]) -> dict[int, list[Document]]:
    """Return the documents of each of these entries, by entry; in two queries for all."""
    found: dict[int, list[Document]] = {}
    for document in _all(user).filter(entry__in=list(entry_ids)).order_by("pk"):
        assert document.entry_id is not None
        found.setdefault(document.entry_id, []).append(document)
    return found


def houses(user: User, person_id: int, entry_id: int | None = None) -> list[HouseShown]:
    """Return the Three Houses of a child, of one entry or of the whole record; all three, empty ones too.

    For any page that shows what the child says: the documents page, an assessment, a conference's record.
    """
    drawn = of_person(user, person_id).exclude(house="")
    if entry_id is not None:
        drawn = drawn.filter(entry=entry_id)
    documents = list(drawn)
    return [HouseShown(code, label, [one for one in documents if one.house == code]) for code, label in House.choices]


def _all(user: User) -> QuerySet[Document]:
    return reach.visible(user, Document).prefetch_related("versions__uploaded_by")
