"""Search before create: find a person by any name, sound, part, date, number, telephone or address, and say why.

A bounded set of candidates is fetched by indexes (docs/explanation/finding-people.md), then ranked here. People whose
record is closed to the user are left out before any limit is applied, so that nothing hints at them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Func, Q, QuerySet, Value
from django.utils import timezone

from throughline.core.access import reach
from throughline.core.access.models import Allocation, User
from throughline.core.access.roles import Action
from throughline.record.people import addresses
from throughline.record.people.likeness import (
    Likeness,
    date_likeness,
    expected_likeness,
    name_likeness,
    near_dates,
)
from throughline.record.people.models import IdentifierType, Name, keys_vector
from throughline.record.people.names import alternatives, sound, words
from throughline.record.people.receipts import receipt
from throughline.record.people.sought import Sought, understood

__all__ = ["STRONG", "Match", "Sought", "find", "receipt", "understood"]

# From this score on, someone who creates a person must say why it is not this one.
STRONG = 80
# Below this a candidate is not shown.
_SHOWN = 45
# Candidates fetched by each way. A name shared by more people than this needs a date of birth beside it.
_BY_NAME, _BY_DATE, _BY_OTHER = 400, 300, 100


@dataclass(frozen=True)
class Match:
    """A person who may be the one sought: the least that tells them apart, why they match, and why not.

    ``reachable``: the user may open the record; if not, ``worked_with_by`` says whom to ask. ``score`` is 0 to 100
    and only orders the list.
    """

    person_id: int
    shown_name: str
    date_of_birth: date | None
    expected_date: date | None
    sex: str
    score: float
    why: list[str]
    why_not: list[str]
    reachable: bool
    worked_with_by: str
    date_of_birth_estimated: bool = False
    date_of_death: date | None = None

    @property
    def strong(self) -> bool:
        """Whether this is so like what is sought that a new record needs a reason."""
        return self.score >= STRONG

    @property
    def words(self) -> str:
        """Why, and why not, in one line: "family name Okafor sounds like Okafour; born on the 12th, not the 21st"."""
        line = "; ".join([*self.why, *self.why_not])
        return line[:1].upper() + line[1:]


@dataclass
class _Candidate:
    person: dict[str, Any]
    names: list[tuple[str, str, bool]] = field(default_factory=list)
    number: str = ""
    phone: bool = False
    address: str = ""


def find(user: User, sought: Sought, limit: int = 20) -> list[Match]:
    """Return the people who may be the one sought, best first; each once, whatever number of names matched.

    People whose record is closed to the user are never among them. A user who may view nobody finds nobody.
    """
    asked, _ = understood(sought)
    if asked.empty:
        return []
    candidates = _candidates(user, asked)
    ranked = sorted(
        ((scored, one) for one in candidates.values() if (scored := _score(asked, one)).score * 100 >= _SHOWN),
        key=lambda pair: (-pair[0].score, pair[1].person["shown_name"], pair[1].person["pk"]),
    )[:limit]
    ids = [one.person["pk"] for _, one in ranked]
    reachable = set(reach.people(user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    teams = _teams(ids)
    return [_match(asked, scored, one, one.person["pk"] in reachable, teams) for scored, one in ranked]


def _match(asked: Sought, scored: Likeness, one: _Candidate, reachable: bool, teams: dict[int, str]) -> Match:
    if not reachable:
        # Another name of theirs is not told to someone who may not open the record, unless they typed it.
        scored = _score(asked, one, discreet=True)
    person = one.person
    return Match(
        person_id=person["pk"],
        shown_name=person["shown_name"],
        date_of_birth=person["date_of_birth"],
        expected_date=person["expected_date"],
        sex=person["sex"],
        score=round(scored.score * 100, 1),
        why=scored.why,
        why_not=scored.why_not,
        reachable=reachable,
        worked_with_by=teams.get(person["pk"], ""),
        date_of_birth_estimated=person["date_of_birth_estimated"],
        date_of_death=person["date_of_death"],
    )


def _teams(ids: list[int]) -> dict[int, str]:
    """Return which teams work with each person today, in words."""
    if not ids:
        return {}
    today = timezone.localdate()
    open_today = Q(started_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gte=today))
    # access: teams of people whom the search may show, for whom to ask
    rows = (
        Allocation.objects.filter(open_today, person__in=ids).order_by("kind", "pk").values_list("person", "team__name")
    )
    found: dict[int, list[str]] = {}
    for person_id, team in rows:
        if team not in found.setdefault(person_id, []):
            found[person_id].append(team)
    return {person_id: " and ".join(names) for person_id, names in found.items()}


# Fetching candidates: each way is one indexed query, bounded.


def _candidates(user: User, asked: Sought) -> dict[int, _Candidate]:
    everyone = reach.unrestricted(user)
    numbers = _by_number(everyone, asked)
    phones = _by_phone(everyone, asked)
    places = _by_address(everyone, user, asked)
    ways = [way.values("pk") for way in (*_by_name(everyone, asked), *_by_date(everyone, asked))]
    ids = set(numbers) | phones | set(places)
    if ways:
        first, *rest = ways
        ids |= set((first.union(*rest) if rest else first).values_list("pk", flat=True))
    found = _people(everyone, ids)
    for pk, one in found.items():
        one.number, one.phone, one.address = numbers.get(pk, ""), pk in phones, places.get(pk, "")
    return found


def _people(everyone: QuerySet[Any], ids: Iterable[int]) -> dict[int, _Candidate]:
    """Return the candidates with all their names, in one query."""
    fields = (
        "pk", "shown_name", "date_of_birth", "date_of_birth_estimated", "date_of_death", "expected_date", "sex",
        "names__given", "names__family", "names__shown",
    )  # fmt: skip
    found: dict[int, _Candidate] = {}
    for row in everyone.filter(pk__in=list(ids)).values(*fields):
        one = found.setdefault(row["pk"], _Candidate(row))
        if row["names__given"] is not None:
            one.names.append((row["names__given"], row["names__family"], row["names__shown"]))
    return found


def _by_name(everyone: QuerySet[Any], asked: Sought) -> list[QuerySet[Any]]:
    every = _asked_words(asked)
    if not every:
        return []
    # Those written just so come by a way of their own: a thousand who only sound alike must not crowd them out.
    exact = " & ".join(_quoted(word) for word in every)
    return [everyone.filter(_keyed(exact))[:_BY_OTHER], everyone.filter(_keyed(_all_words(every)))[:_BY_NAME]]


def _by_date(everyone: QuerySet[Any], asked: Sought) -> list[QuerySet[Any]]:
    ways = []
    if asked.date_of_birth:
        born = Q(date_of_birth__in=near_dates(asked.date_of_birth, asked.tolerance))
        around = timedelta(days=731)
        low, high = asked.date_of_birth - around, asked.date_of_birth + around
        estimate = Q(date_of_birth__range=(low, high))
        if not asked.estimated:
            estimate &= Q(date_of_birth_estimated=True)
        some = _any_word(asked)
        if some:
            ways.append(everyone.filter(born, _keyed(some))[:_BY_DATE])
            ways.append(everyone.filter(estimate, _keyed(some))[:_BY_DATE])
        ways.append(everyone.filter(date_of_birth=asked.date_of_birth)[:_BY_OTHER])
    if asked.expected_date:
        span = timedelta(weeks=asked.weeks)
        low, high = asked.expected_date - span, asked.expected_date + span
        # Born meanwhile, or still expected: either may be the child.
        expected = Q(expected_date__range=(low, high)) | Q(date_of_birth__range=(low, high))
        some = _any_word(asked)
        if some:
            ways.append(everyone.filter(expected, _keyed(some))[:_BY_DATE])
        else:
            ways.append(everyone.filter(expected)[:_BY_OTHER])
    return ways


def _by_number(everyone: QuerySet[Any], asked: Sought) -> dict[int, str]:
    if not asked.identifier:
        return {}
    rows = everyone.filter(identifiers__value=asked.identifier).values_list("pk", "identifiers__type")[:_BY_OTHER]
    return {pk: IdentifierType(type_).label for pk, type_ in rows}


def _by_phone(everyone: QuerySet[Any], asked: Sought) -> set[int]:
    if len(asked.phone) < 6:
        return set()
    return set(everyone.filter(contact_details__digits=asked.phone).values_list("pk", flat=True)[:_BY_OTHER])


def _by_address(everyone: QuerySet[Any], user: User, asked: Sought) -> dict[int, str]:
    """Return who lives or lived at the address; one kept confidential finds its person for those who may know it."""
    if not asked.postcode and not asked.address:
        return {}
    line = addresses.folded(asked.address)
    where = Q(residences__address__folded__startswith=line) if line else Q()
    if asked.postcode and addresses.is_postcode(asked.postcode):
        where &= Q(residences__address__postcode=asked.postcode)
    elif asked.postcode:
        where &= Q(residences__address__postcode__startswith=asked.postcode)
    known = Q(residences__confidential=False) | Q(pk__in=reach.people(user, Action.RECORD).values("pk"))
    rows = everyone.filter(where, known).values_list("pk", "residences__ended_on")[:_BY_OTHER]
    today = timezone.localdate()
    said: dict[int, str] = {}
    for pk, ended in rows:
        now = ended is None or ended >= today
        if now or pk not in said:
            said[pk] = "lives there" if now else "lived there before"
    return said


# Text search conditions on the keys of names.


def _keyed(query: str) -> Q:
    """Return the condition that some name of a person has keys that meet ``query`` (tsquery text of quoted words)."""
    meets = Func(
        keys_vector(),
        Func(Value(query), template="%(expressions)s::tsquery"),
        arg_joiner=" @@ ",
        template="%(expressions)s",
        output_field=BooleanField(),
    )
    # access: a condition on people whom reach.unrestricted has let through; never read by itself
    return Q(pk__in=Name.objects.filter(meets).values("person"))


def _all_words(every: list[str]) -> str:
    """Return the tsquery for names that hold every word: as it is, as a beginning, by sound, or in another form."""
    straight = " & ".join(_word(word) for word in every)
    if len(every) < 2:
        return straight
    # "O Neill" for O'Neill, "Smith Jones" for Smithjones: neighbours run together.
    joined = []
    for at in range(len(every) - 1):
        run = [*every[:at], every[at] + every[at + 1], *every[at + 2 :]]
        joined.append("(" + " & ".join(_word(word) for word in run) + ")")
    # A slip of the pen in one word, with the others right, and its beginning right.
    slips = []
    for at, word in enumerate(every):
        if len(word) >= 4:
            rest = " & ".join(_word(other) for place, other in enumerate(every) if place != at)
            slips.append(f"({_quoted(word[:2])}:* & {rest})")
    return " | ".join([f"({straight})", *joined[:6], *slips[:6]])


def _any_word(asked: Sought) -> str:
    """Return the tsquery for names that hold any of the words, or begin as they begin."""
    every = _asked_words(asked)
    return " | ".join([_word(word) for word in every] + [f"{_quoted(word[:2])}:*" for word in every if len(word) >= 4])


def _asked_words(asked: Sought) -> list[str]:
    return list(dict.fromkeys([*words(asked.family), *words(asked.given), *words(asked.text)]))[:8]


def _word(word: str) -> str:
    ways = [f"{_quoted(word)}:*"]
    if len(word) >= 3 and (key := sound(word)):
        ways.append(_quoted(key))
    ways += [_quoted(other) for other in sorted(alternatives(word))]
    return "(" + " | ".join(ways) + ")"


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


# Ranking.


def _score(asked: Sought, one: _Candidate, *, discreet: bool = False) -> Likeness:
    """Return the likeness of a candidate: names and dates weighed together, certain things above them."""
    parts: list[tuple[float, float]] = []
    why: list[str] = []
    why_not: list[str] = []
    if asked.by_name:
        name = _best_name(asked, one, discreet=discreet)
        parts.append((0.6, name.score))
        why += name.why
        why_not += name.why_not
    born = _birth(asked, one)
    if born is not None:
        parts.append((0.4, born.score))
        why += born.why
        why_not += born.why_not
    score = sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts) if parts else 0.0
    if len(parts) == 2 and parts[0][1] < 0.6:
        # The day of birth alone is shared by a dozen others.
        score = min(score, 0.55)
    if len(parts) == 1 and asked.by_name:
        # A name alone is never as good as a name with a date of birth.
        score *= 0.9
    if parts and asked.date_of_birth and not asked.by_name:
        score *= 0.7
    if one.phone:
        score, why = max(score + 0.15, 0.85), ["has this telephone number", *why]
    if one.address:
        score, why = max(score + 0.1, 0.7), [one.address, *why]
    if one.number:
        score, why = max(score, 0.97), [f"has this {one.number}", *why]
    if one.person["date_of_death"]:
        why_not = [*why_not, "has died"]
    return Likeness(min(score, 1.0), why, why_not)


def _best_name(asked: Sought, one: _Candidate, *, discreet: bool) -> Likeness:
    given, family, either = words(asked.given), words(asked.family), words(asked.text)
    best, best_shown = Likeness(-1.0), True
    for known_given, known_family, shown in one.names:
        likeness = name_likeness(given, family, either, (known_given, known_family))
        if likeness.score > best.score or (likeness.score == best.score and shown):
            best, best_shown = likeness, shown
    if best.score < 0:
        return Likeness(0.0, [], ["no name is recorded"])
    if best_shown or not best.why:
        return best
    if discreet:
        return Likeness(best.score, ["another of their names is like this"])
    return Likeness(best.score, [f"by another name: {best.why[0]}", *best.why[1:]], best.why_not)


def _birth(asked: Sought, one: _Candidate) -> Likeness | None:
    """Return the likeness of dates of birth or expected dates; half where one is asked and none is known."""
    born, expected = one.person["date_of_birth"], one.person["expected_date"]
    if asked.date_of_birth:
        if born is None:
            return Likeness(0.5, [], ["no date of birth is recorded"])
        estimated = asked.estimated or one.person["date_of_birth_estimated"]
        return date_likeness(asked.date_of_birth, born, estimated=estimated, tolerance=asked.tolerance)
    if asked.expected_date:
        if expected is not None:
            return expected_likeness(asked.expected_date, expected, asked.weeks)
        if born is not None:
            near = expected_likeness(asked.expected_date, born, asked.weeks)
            return Likeness(near.score * 0.95, [line.replace("expected on", "born on") for line in near.why],
                            [line.replace("expected on", "born on") for line in near.why_not])  # fmt: skip
        return Likeness(0.5, [], ["no date of birth is recorded"])
    return None
