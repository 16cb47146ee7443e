"""Reads of the spine, each for a user."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.models import Allocation, Restriction, User
from throughline.core.access.roles import ROLES, Action, Scope
from throughline.core.history import history_of
from throughline.record.families.models import Involvement, Membership
from throughline.record.families.queries import open_on
from throughline.record.journey.kinds import kind
from throughline.record.journey.models import Chronology, Entry, EntrySubject, Episode
from throughline.record.journey.story import Band, Filters, Known, Line, Mark, Told, Words, Worker, mark
from throughline.record.people.models import Person, Warning

PAGE = 25
# More marks than a picture can show apart are counted together by it, and still read whole.
MOST_MARKS = 5_000


def child(user: User, pk: int) -> Any:
    """Return the person for this user with all that the page's frame needs, in one query; NotFound otherwise.

    Adds: ``bands``, ``marks``, ``workers``, ``professionals``, ``latest_words``, ``last_seen_on``, ``open_warnings``,
    ``is_restricted``.
    """
    found = reach.people(user).filter(pk=pk).annotate(**_framed(user)).first()
    if found is None:
        raise door.NotFound
    found.bands = [_band(one) for one in found.framed_bands]
    found.marks = [_mark(one) for one in found.framed_marks]
    found.professionals = found.framed_professionals
    found.workers = [_worker(one) for one in found.framed_workers]
    found.latest_words = _words(found.framed_words)
    found.last_seen_on = found.framed_seen
    found.open_warnings = [Known(one["words"], date.fromisoformat(one["on"])) for one in found.framed_warnings]
    return found


def _framed(user: User) -> dict[str, Any]:
    # access: each starts from the one person already reached (OuterRef), and keeps restricted entries apart
    parts = EntrySubject._base_manager.filter(person=OuterRef("pk")).filter(Entry.readable_by(user, "entry__"))
    # access: as above
    episodes = Episode._base_manager.filter(person=OuterRef("pk")).order_by("started_on")
    # access: as above
    involvements = Involvement._base_manager.filter(open_on(timezone.localdate()), person=OuterRef("pk")).order_by("pk")
    allocations = Allocation.objects.filter(person=OuterRef("pk")).order_by("started_on", "pk")
    # access: as above
    warnings = Warning._base_manager.filter(person=OuterRef("pk"), ended_on__isnull=True).order_by("-noted_on")
    newest = ("-entry__happened_on", "-entry_id")
    return {
        "framed_bands": ArraySubquery(
            episodes.values(
                it=JSONObject(
                    kind="kind", started_on="started_on", ended_on="ended_on", why="why_ended", disputed="disputed"
                )
            )
        ),
        "framed_marks": ArraySubquery(
            parts.order_by(*newest).values(
                it=JSONObject(id="entry_id", kind="entry__kind", on="entry__happened_on", summary="entry__summary")
            )[:MOST_MARKS]
        ),
        "framed_workers": ArraySubquery(
            allocations.values(
                it=JSONObject(
                    worker="worker_id",
                    first="worker__first_name",
                    last="worker__last_name",
                    username="worker__username",
                    team="team__name",
                    kind="kind",
                    started_on="started_on",
                    ended_on="ended_on",
                )
            )
        ),
        "framed_professionals": ArraySubquery(
            involvements.values(
                it=JSONObject(name="professional__name", role="professional__role", agency="professional__agency")
            )
        ),
        "framed_words": Subquery(
            parts.exclude(said="")
            .order_by(*newest)
            .values(it=JSONObject(said="said", how="said_how", on="entry__happened_on", id="entry_id"))[:1]
        ),
        "framed_seen": Subquery(parts.filter(seen=True).order_by(*newest).values("entry__happened_on")[:1]),
        "framed_warnings": ArraySubquery(warnings.values(it=JSONObject(words="words", on="noted_on"))),
        "is_restricted": Exists(Restriction.objects.filter(person=OuterRef("pk"), ended_at__isnull=True)),
    }


def _band(raw: dict[str, Any]) -> Band:
    ended = raw["ended_on"]
    return Band(
        raw["kind"],
        str(Episode(kind=raw["kind"]).get_kind_display()),
        date.fromisoformat(raw["started_on"]),
        date.fromisoformat(ended) if ended else None,
        raw["why"],
        raw["disputed"],
    )


def _worker(raw: dict[str, Any]) -> Worker:
    ended = raw["ended_on"]
    return Worker(
        f"{raw['first'] or ''} {raw['last'] or ''}".strip() or raw["username"] or "not named yet",
        raw["team"],
        str(Allocation(kind=raw["kind"]).get_kind_display()),
        date.fromisoformat(raw["started_on"]),
        date.fromisoformat(ended) if ended else None,
        raw["worker"],
    )


def why(user: User, person: Any) -> str:
    """Return why the user may see a child of ``child``: from what it read already, where that is enough."""
    today = timezone.localdate()
    mine = [one for one in person.workers if one.user_id == user.pk and one.holds_on(today)]
    own = any(ROLES[grant.role].may.get(Action.VIEW) is Scope.OWN for grant in reach.grants(user))
    return "works with the child" if mine and own else reach.why(user, person.pk)


def _mark(raw: dict[str, Any]) -> Mark:
    return mark(raw["id"], raw["kind"], date.fromisoformat(raw["on"]), raw["summary"])


def _words(raw: dict[str, Any] | None) -> Words | None:
    return Words(raw["said"], raw["how"], date.fromisoformat(raw["on"]), raw["id"]) if raw else None


def story(
    user: User, person: Person, filters: Filters, before: tuple[date, int] | None = None, size: int = PAGE
) -> Told:
    """Return a page of the child's story, newest first. ``person`` must come from this user's door.

    One query, whatever the length of the story; ``earlier`` names where the next page starts.
    """
    parts = _filtered(_parts(user, person), filters)
    if before:
        parts = parts.filter(
            Q(entry__happened_on__lt=before[0]) | Q(entry__happened_on=before[0], entry_id__lt=before[1])
        )
    rows = list(parts.order_by("-entry__happened_on", "-entry_id")[: size + 1])
    lines = [line(row) for row in rows[:size]]
    earlier = f"{lines[-1].on.isoformat()}.{lines[-1].entry_id}" if len(rows) > size else ""
    return Told(lines, earlier, filters)


def _parts(user: User, person: Person) -> QuerySet[EntrySubject]:
    # access: the person was reached by the caller; restricted entries are kept apart here
    mine = EntrySubject._base_manager.filter(person=person).filter(Entry.readable_by(user, "entry__"))
    # access: counts the others of the same entry, shows none of them
    others = EntrySubject._base_manager.filter(entry=OuterRef("entry")).order_by().values("entry")
    return mine.select_related("entry", "entry__author", "entry__recorder").annotate(
        others=Subquery(others.annotate(number=Count("pk") - 1).values("number"))
    )


def _filtered(parts: QuerySet[EntrySubject], filters: Filters) -> QuerySet[EntrySubject]:
    if filters.kinds:
        parts = parts.filter(entry__kind__in=filters.kinds)
    if filters.text:
        sought = filters.text
        parts = parts.filter(
            Q(entry__words__icontains=sought)
            | Q(entry__summary__icontains=sought)
            | Q(part__icontains=sought)
            | Q(said__icontains=sought)
            | Q(entry__reason__icontains=sought)
        )
    if filters.only == "said":
        parts = parts.exclude(said="")
    elif filters.only == "seen":
        parts = parts.filter(seen=True)
    elif filters.only == "decisions":
        parts = parts.exclude(entry__decision="")
    if filters.since:
        parts = parts.filter(entry__happened_on__gte=filters.since)
    if filters.until:
        parts = parts.filter(entry__happened_on__lte=filters.until)
    return parts


def line(row: Any) -> Line:
    """Return an EntrySubject (with its entry, or of history) as a line of the story."""
    entry = row.entry
    return Line(
        entry_id=entry.pk,
        kind=kind(entry.kind),
        on=entry.happened_on,
        at=entry.happened_at,
        recorded_at=entry.recorded_at,
        author=entry.author_name or (str(entry.author) if entry.author else ""),
        recorder=str(entry.recorder) if entry.recorder else "",
        summary=entry.summary,
        words=entry.words,
        decision=entry.decision,
        reason=entry.reason,
        restricted=entry.sensitivity != "ordinary",
        part=row.part,
        seen=row.seen,
        seen_alone=row.seen_alone,
        why_not_seen=row.why_not_seen,
        said=row.said,
        said_how=row.said_how,
        also_about=getattr(row, "others", 0) or 0,
    )


def parts_of(user: User, entry: Entry) -> list[EntrySubject]:
    """Return the parts of an entry that this user may read: those of people whom they reach."""
    return list(
        reach.visible(user, EntrySubject).filter(entry=entry).select_related("person").order_by("person__date_of_birth")
    )


def unread_parts(entry: Entry, shown: list[EntrySubject]) -> int:
    """Return how many people an entry is about beside those shown: a number, nothing of who."""
    # access: a count only
    total: int = EntrySubject._base_manager.filter(entry=entry).aggregate(all=Count(F("pk")))["all"]
    return total - len(shown)


def company(user: User, person: Person) -> tuple[Any, list[Person]]:
    """Return the person's family (or None) and those of it whom this user reaches: subject children first."""
    membership = (
        reach.visible(user, Membership)
        .filter(open_on(timezone.localdate()), person=person)
        .select_related("family")
        .order_by("-pk")
        .first()
    )
    if membership is None:
        return None, [person]
    rows = (
        reach.visible(user, Membership)
        .filter(open_on(timezone.localdate()), family=membership.family)
        .select_related("person")
        .order_by("-subject_child", "person__date_of_birth", "pk")
    )
    return membership.family, [row.person for row in rows]


def chronologies(user: User, person: Person) -> QuerySet[Chronology]:
    """Return the child's chronologies, newest first."""
    return reach.visible(user, Chronology).filter(person=person).select_related("made_by").order_by("-made_at")


@dataclass(frozen=True)
class Wording:
    """How an entry read from one moment on."""

    at: datetime
    by: str
    on: date
    words: str


def wordings(entry: Entry) -> list[Wording]:
    """Return every wording that an entry has had, oldest first. The entry must come from this user's door."""
    events = (
        history_of(Entry)
        .objects.filter(pgh_obj=entry)
        .select_related("pgh_context")
        .order_by("pgh_created_at", "pgh_id")
    )
    rows = [(row, (row.pgh_context.metadata if row.pgh_context else {}).get("user")) for row in events]
    names = {user.pk: str(user) for user in User.objects.filter(pk__in={who for _row, who in rows if who})}
    told: list[Wording] = []
    for row, who in rows:
        by = names.get(who, "") if who else ""
        if not told or (told[-1].words, told[-1].on) != (row.words, row.happened_on):
            told.append(Wording(row.pgh_created_at, by, row.happened_on, row.words))
    return told


def linked(user: User, entry: Entry) -> Entry | None:
    """Return the entry that this one came from, if the user may see it."""
    if entry.follows_id is None:
        return None
    found: Entry | None = reach.visible(user, Entry).filter(pk=entry.follows_id).first()
    return found


def that_follow(user: User, entry: Entry) -> list[Entry]:
    """Return the entries that came from this one, oldest first."""
    return list(reach.visible(user, Entry).filter(follows=entry).order_by("happened_on", "pk")[:20])
