"""How like two names or two dates are, and in what words a person would say so. No database here."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from throughline.record.people.names import alternatives, sound, whole, words

# How much each way of being alike counts, from 0 to 1. Exact is 1.
_BEGINS = 0.92
_SHORT = 0.88
_SOUNDS = 0.86
# Below this two words have nothing to do with each other.
_UNLIKE = 0.78


@dataclass(frozen=True)
class Likeness:
    """How like two things are (0 to 1), and the words for and against."""

    score: float
    why: list[str] = field(default_factory=list)
    why_not: list[str] = field(default_factory=list)


def word_likeness(sought: str, known: str) -> tuple[float, str]:
    """Return how like two folded words are, and the way: exact, begins, short, sounds, near or "" (unlike)."""
    if sought == known:
        return 1.0, "exact"
    if len(sought) >= 2 and known.startswith(sought):
        return _BEGINS, "begins"
    if sought in alternatives(known):
        return _SHORT, "short"
    near = JaroWinkler.normalized_similarity(sought, known)
    if len(sought) >= 3 and (key := sound(sought)) and key == sound(known):
        # Metaphone calls unlike words alike when they are short: ask that they look alike too.
        return (max(_SOUNDS, near * 0.95), "sounds") if near >= 0.6 else (0.7, "sounds")
    if DamerauLevenshtein.distance(sought, known) == 1 and min(len(sought), len(known)) >= 4:
        return max(0.85, near * 0.92), "near"
    return (near * 0.9, "near") if near >= 0.88 else (near * 0.4, "")


def name_likeness(given: list[str], family: list[str], either: list[str], known: tuple[str, str]) -> Likeness:
    """Compare what is sought with one known name (given, family as written).

    ``given``, ``family`` and ``either`` are folded words; those of ``either`` may be of any part. Given and family
    name exchanged still count, a little less. The score is 0 when nothing is sought.
    """
    known_given, known_family = words(known[0]), words(known[1])
    asked = [*((word, "given") for word in given), *((word, "family") for word in family)]
    asked += [(word, "") for word in either]
    if not asked:
        return Likeness(0.0)
    spellings = {"given": known[0], "family": known[1]}
    straight = _compare(asked, known_given, known_family, spellings, exchanged=False)
    if not (given and family) or straight.score >= 0.9:
        return straight
    turned = _compare(asked, known_given, known_family, spellings, exchanged=True)
    if turned.score * 0.95 <= straight.score:
        return straight
    return Likeness(turned.score * 0.95, [*turned.why, "given and family name the other way round"], turned.why_not)


def _compare(
    asked: list[tuple[str, str]],
    known_given: list[str],
    known_family: list[str],
    spellings: dict[str, str],
    *,
    exchanged: bool,
) -> Likeness:
    parts = {"given": _with_joined(known_given), "family": _with_joined(known_family)}
    parts["family"] += whole(spellings["given"], spellings["family"])
    other = {"given": "family", "family": "given"}
    total = 0.0
    why: list[str] = []
    why_not: list[str] = []
    for word, part in asked:
        where = ("given", "family") if not part else (other[part] if exchanged else part,)
        best, way, matched, found_in = 0.0, "", "", where[0]
        for one in where:
            for known in parts[one]:
                score, kind = word_likeness(word, known)
                if score > best:
                    best, way, matched, found_in = score, kind, known, one
        total += best
        said = _said(way, word, matched, spellings[found_in], found_in)
        (why if best >= _UNLIKE else why_not).append(said or _unlike(word, found_in, spellings))
    return Likeness(total / len(asked), list(dict.fromkeys(why)), list(dict.fromkeys(why_not)))


def _with_joined(known: list[str]) -> list[str]:
    return [*known, "".join(known)] if len(known) > 1 else list(known)


def _said(way: str, word: str, matched: str, spelling: str, part: str) -> str:
    shown = spelling if len(words(spelling)) == 1 or matched == "".join(words(spelling)) else matched.capitalize()
    which = "family name" if part == "family" else "given name"
    return {
        "exact": f"{which} is {shown}",
        "begins": f"{which} {shown} begins so",
        "short": f"{shown} and {word.capitalize()} stand for one another",
        "sounds": f"{which} {shown} sounds like {word.capitalize()}",
        "near": f"{which} {shown} is spelt nearly so",
    }.get(way, "")


def _unlike(word: str, part: str, spellings: dict[str, str]) -> str:
    which = "family name" if part == "family" else "given name"
    known = spellings[part]
    return f"{which} is {known}, not {word.capitalize()}" if known else f"no {which} is recorded"


def date_likeness(sought: date, known: date, *, estimated: bool = False, tolerance: int = 0) -> Likeness:
    """Compare two dates of birth; ``estimated``: one is an estimate; ``tolerance``: days either way that are as good.

    The words are relative to what is known: "born on the 12th, not the 21st".
    """
    if sought == known:
        return Likeness(1.0, [f"born on {said(known)}"])
    days = abs((known - sought).days)
    if days <= tolerance:
        return Likeness(0.93, [f"born on {said(known)}, within the days that you allowed"])
    if (known.day, known.month, known.year) == (sought.month, sought.day, sought.year):
        return Likeness(0.9, [f"born on {said(known)}: day and month the other way round"])
    near = _near(sought, known)
    if near is not None:
        return near
    if estimated and days <= 731:
        return Likeness(0.75, [f"born about {said(known)}, an estimate"])
    if days <= 31:
        return Likeness(0.45, [], [f"born on {said(known)}, {days} days from {said(sought)}"])
    return Likeness(0.0, [], [f"born on {said(known)}, not {said(sought)}"])


def _near(sought: date, known: date) -> Likeness | None:
    """Return the likeness of dates that differ in one of day, month and year by a slip of the pen, or None."""
    same = [sought.day == known.day, sought.month == known.month, sought.year == known.year]
    if same == [False, True, True] and _slip(f"{sought.day:02}", f"{known.day:02}"):
        return Likeness(0.85, [], [f"born on the {_nth(known.day)}, not the {_nth(sought.day)}"])
    if same == [True, False, True] and _slip(f"{sought.month:02}", f"{known.month:02}"):
        return Likeness(0.83, [], [f"born in {known:%B}, not {sought:%B}"])
    if same == [True, True, False] and (
        abs(sought.year - known.year) == 1 or _slip(f"{sought.year:04}", f"{known.year:04}")
    ):
        score = 0.82 if abs(sought.year - known.year) == 1 else 0.7
        return Likeness(score, [], [f"born in {known.year}, not {sought.year}"])
    return None


def _slip(one: str, other: str) -> bool:
    """Return whether one digit differs, or two neighbours are exchanged."""
    return DamerauLevenshtein.distance(one, other) == 1


def expected_likeness(sought: date, known: date, weeks: int) -> Likeness:
    """Compare two expected dates of birth: within ``weeks`` either way they may be the same pregnancy."""
    days = abs((known - sought).days)
    if days == 0:
        return Likeness(1.0, [f"expected on {said(known)}"])
    if days <= weeks * 7:
        return Likeness(0.9 - 0.3 * days / (weeks * 7), [f"expected on {said(known)}, {_span(days)} apart"])
    return Likeness(0.0, [], [f"expected on {said(known)}, {_span(days)} apart"])


def _span(days: int) -> str:
    if days < 14:
        return "1 day" if days == 1 else f"{days} days"
    return f"{round(days / 7)} weeks"


def near_dates(sought: date, tolerance: int = 0) -> set[date]:
    """Return the dates that are ``sought`` with a slip of the pen, and those within ``tolerance`` days.

    At most a hundred and ten, and as many again as the tolerance allows: a list for an index, not a range to walk.
    """
    found = {sought + timedelta(days=off) for off in range(-tolerance, tolerance + 1)}
    candidates = [(sought.year, sought.day, sought.month)]
    candidates += [(sought.year, sought.month, day) for day in range(1, 32) if _slip(f"{sought.day:02}", f"{day:02}")]
    candidates += [
        (sought.year, month, sought.day) for month in range(1, 13) if _slip(f"{sought.month:02}", f"{month:02}")
    ]
    candidates += [
        (year, sought.month, sought.day)
        for year in range(max(sought.year - 99, 1), min(sought.year + 100, 9999))
        if abs(year - sought.year) == 1 or _slip(f"{sought.year:04}", f"{year:04}")
    ]
    for year, month, day in candidates:
        try:
            found.add(date(year, month, day))
        except ValueError:
            # The 30th of February and its like: no one was born on it.
            continue
    return found


def said(day: date) -> str:
    """Return a date as it is read: "3 March 2017"."""
    return f"{day.day} {day:%B %Y}"


def _nth(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
