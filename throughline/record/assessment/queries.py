"""Reads of assessments, each for a user."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.clocks import queries as clocks
from throughline.core.practice import keeping
from throughline.core.practice.completeness import Thin
from throughline.core.practice.model import PracticeModel
from throughline.record.assessment import readings
from throughline.record.assessment.around import open_now, parents_of
from throughline.record.assessment.contents import Contents, gather
from throughline.record.assessment.models import (
    Addendum,
    Answer,
    Assessment,
    Challenge,
    Consent,
    Discussion,
    Distribution,
    Quotation,
    Shared,
    SignOff,
    Status,
)
from throughline.record.families.models import Membership, Relationship
from throughline.record.journey.kinds import kind
from throughline.record.journey.models import EntrySubject
from throughline.record.people.models import Disability, Person


@dataclass
class Whole:
    """One assessment as one user may read it: whom it is about, its words, and what it reads from elsewhere."""

    assessment: Assessment
    contents: Contents
    # Children of the record whom the user may not see: a number, nothing of who.
    unseen: int = 0
    read: dict[str, list[readings.Row]] = field(default_factory=dict)
    frames: list[Any] = field(default_factory=list)
    plans: list[Any] = field(default_factory=list)
    signings: list[SignOff] = field(default_factory=list)
    discussions: list[Discussion] = field(default_factory=list)
    distributions: list[Distribution] = field(default_factory=list)
    addenda: dict[tuple[str, int | None], list[Addendum]] = field(default_factory=dict)

    @property
    def model(self) -> PracticeModel:
        """The wording that the record uses."""
        return self.contents.model

    @property
    def children(self) -> list[Person]:
        """The children whom the record is about and the user may see."""
        return self.contents.children

    @property
    def thin(self) -> list[Thin]:
        """What is missing or thin."""
        return self.contents.thin()


def one(user: User, pk: int, action: Action = Action.VIEW) -> Assessment:
    """Return the assessment for this user with its entry, or raise NotFound."""
    found: Assessment | None = (
        reach.visible(user, Assessment, action)
        .select_related("entry__family", "entry__author", "practice", "referral")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise door.NotFound
    return found


def children_of(user: User, assessment: Assessment) -> list[Person]:
    """Return the children of the record whom the user may see, in the order of their part."""
    rows = reach.visible(user, EntrySubject).filter(entry=assessment.pk).select_related("person").order_by("pk")
    return [row.person for row in rows]


def whole(user: User, assessment: Assessment, children: list[Person] | None = None) -> Whole:
    """Return all that a page or a print of the assessment needs, as this user may read it; some twenty queries.

    ``assessment`` must come from this user's door.
    """
    seen = partial(reach.visible, user)
    if children is None:
        children = children_of(user, assessment)
    contents = _contents(user, assessment, children)
    ids = [child.pk for child in children]
    return Whole(
        assessment,
        contents,
        unseen=assessment.entry.subjects.count() - len(children),
        read=_read(user, assessment, children),
        frames=list(clocks.of_entry(user, assessment.pk).select_related("person").order_by("started_on", "pk")),
        plans=_plans(user, ids),
        signings=list(seen(SignOff).filter(assessment=assessment).select_related("signed_by")),
        discussions=list(seen(Discussion).filter(assessment=assessment).select_related("recorded_by")),
        distributions=list(seen(Distribution).filter(assessment=assessment)),
        addenda=_addenda(seen(Addendum).filter(assessment=assessment).select_related("written_by")),
    )


def _contents(user: User, assessment: Assessment, children: list[Person]) -> Contents:
    seen = partial(reach.visible, user)
    ids = [child.pk for child in children]
    adults = parents_of(
        ids,
        seen(Membership).filter(open_now(), family=assessment.entry.family_id).select_related("person"),
        seen(Relationship).filter(open_now(), other__in=ids),
    )
    return gather(
        keeping.read(assessment.practice),
        children=children,
        adults=adults,
        answers=seen(Answer).filter(assessment=assessment).select_related("written_by"),
        quotations=seen(Quotation).filter(assessment=assessment, withdrawn_at__isnull=True),
        challenges=seen(Challenge).filter(assessment=assessment),
        disabled=seen(Disability).filter(person__in=ids).exclude(code="NONE").values_list("person_id", flat=True),
        today=timezone.localdate(),
    )


def _read(user: User, assessment: Assessment, children: list[Person]) -> dict[str, list[readings.Row]]:
    if assessment.status != Status.SIGNED_OFF:
        return readings.read(partial(reach.visible, user), assessment.entry.family_id, children)
    told = {person for rows in assessment.readings.values() for row in rows for person in row["people"]}
    visible = set(reach.people(user).filter(pk__in=told).values_list("pk", flat=True))
    return readings.for_reader(assessment.readings, visible)


def _plans(user: User, child_ids: Iterable[int]) -> list[Any]:
    # By name: plans are a room of their own beside this one, and neither imports the other.
    plan, action = apps.get_model("plans", "Plan"), apps.get_model("plans", "PlanAction")
    return list(
        reach.visible(user, plan)
        .filter(person__in=list(child_ids), ended_on__isnull=True)
        .select_related("person")
        .prefetch_related(Prefetch("actions", queryset=reach.visible(user, action)))
    )


def _addenda(rows: Iterable[Addendum]) -> dict[tuple[str, int | None], list[Addendum]]:
    found: dict[tuple[str, int | None], list[Addendum]] = {}
    for row in rows:
        found.setdefault((row.section, row.person_id), []).append(row)
    return found


def consents(user: User, assessment: Assessment) -> list[Consent]:
    """Return what the family said about sharing, each agency's latest answer first."""
    return list(reach.visible(user, Consent).filter(assessment=assessment))


def of_person(user: User, person_id: int) -> QuerySet[Assessment]:
    """Return the assessments that a person's record holds, the latest first."""
    return (
        reach.visible(user, Assessment)
        .filter(entry__subjects__person=person_id)
        .select_related("entry", "practice")
        .order_by("-entry__happened_on", "-pk")
    )


def fit_for(user: User, assessment: Assessment, child: Person) -> dict[str, int]:
    """Return which shared sections were found fit for this child's copy, with the version that was read."""
    rows = reach.visible(user, Shared).filter(assessment=assessment, person=child)
    return dict(rows.values_list("section", "answer_version"))


@dataclass(frozen=True)
class Source:
    """Words of an earlier entry that may be quoted: which words they are, whose, and where they stand."""

    entry: Any
    which: str
    words: str
    whose: Person | None = None
    how: str = ""

    @property
    def label(self) -> str:
        """What kind of entry it is, and who wrote it."""
        who = self.entry.author_name or (str(self.entry.author) if self.entry.author else "")
        return ", ".join(part for part in (kind(self.entry.kind).label, who) if part)


def sources(
    user: User,
    assessment: Assessment,
    person: Person | None,
    *,
    said_only: bool = False,
    text: str = "",
    most: int = 40,
) -> list[Source]:
    """Return earlier words to quote, newest first: of this child, or of every child for what the family shares.

    Entries that are open to named people only are not offered: quoted, everyone who reads would read them.
    """
    about = [person] if person is not None else children_of(user, assessment)
    parts = (
        reach.visible(user, EntrySubject)
        .filter(person__in=about, entry__sensitivity="ordinary")
        .exclude(entry=assessment.pk)
        .select_related("entry__author", "person")
        .order_by("-entry__happened_on", "-entry_id", "pk")
    )
    if said_only:
        parts = parts.exclude(said="")
    found: list[Source] = []
    shared: set[int] = set()
    for part in parts[: most * 4]:
        if part.said:
            found.append(Source(part.entry, "said", part.said, part.person, part.said_how))
        if not said_only and part.part:
            found.append(Source(part.entry, "part", part.part, part.person))
        if not said_only and part.entry.words and part.entry_id not in shared:
            shared.add(part.entry_id)
            found.append(Source(part.entry, "words", part.entry.words))
    sought = text.casefold()
    return [one for one in found if sought in one.words.casefold()][:most]
