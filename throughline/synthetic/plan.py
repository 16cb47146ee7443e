"""What the made-up authority consists of, as plain values: nothing here touches a database."""

from dataclasses import dataclass, field
from datetime import date, time


@dataclass
class APerson:
    """A person: ``key`` is their place in the authority's list of people."""

    key: int
    given: str
    family: str
    sex: str
    born: date | None
    expected: date | None = None
    ethnicity: str = ""
    languages: list[str] = field(default_factory=list)
    interpreter: bool = False
    religion: str = ""
    disability: str = ""
    nhs: str = ""
    upn: str = ""
    phone: str = ""
    known_as: str = ""
    communication: str = ""
    died: date | None = None


@dataclass
class ATie:
    """``person`` is the ``type`` of ``other``."""

    person: int
    other: int
    type: str
    responsibility: bool = False
    main_carer: bool = False
    basis: str = ""


@dataclass
class AFamily:
    """A family: its people, ties, homes (address lines, postcode, members)."""

    key: int
    label: str
    children: list[int]
    members: list[int]
    ties: list[ATie]
    homes: list[tuple[str, str, list[int]]]
    professionals: list[tuple[str, str, str]]
    first_known: date


@dataclass
class APart:
    """One person's part of an event."""

    person: int
    words: str = ""
    seen: bool | None = None
    alone: bool | None = None
    why_not: str = ""
    said: str = ""
    how: str = ""


@dataclass
class AnEvent:
    """Something that happened, with the details of its kind in ``more``."""

    key: int
    kind: str
    on: date
    family: int
    summary: str
    parts: list[APart]
    words: str = ""
    at: time | None = None
    worker: int | None = None
    by_name: str = ""
    follows: int | None = None
    decision: str = ""
    reason: str = ""
    more: dict[str, object] = field(default_factory=dict)


@dataclass
class AnEpisode:
    """A status that lasts."""

    person: int
    kind: str
    started: date
    ended: date | None
    why: str = ""
    opened_by: int | None = None
    closed_by: int | None = None


@dataclass
class AnAllocation:
    """A worker with a child for a time; no worker means that the team has yet to name one."""

    person: int
    worker: int | None
    team: int
    started: date
    ended: date | None
    why: str = ""
    kind: str = "key_worker"


@dataclass
class AFrame:
    """A time frame, with the one move of it, if any."""

    person: int
    event: int | None
    rule: str
    label: str
    started: date
    due: date
    stopped: date | None
    moved_to: date | None = None
    moved_on: date | None = None
    moved_why: str = ""


@dataclass
class AWorker:
    """Someone who signs in."""

    key: int
    username: str
    first: str
    last: str
    role: str
    team: int | None
    title: str


@dataclass
class ATeam:
    """A team, and the service that it belongs to."""

    key: int
    name: str
    service: str


@dataclass
class AnAuthority:
    """All of it."""

    seed: int
    as_of: date
    teams: list[ATeam] = field(default_factory=list)
    workers: list[AWorker] = field(default_factory=list)
    people: list[APerson] = field(default_factory=list)
    families: list[AFamily] = field(default_factory=list)
    events: list[AnEvent] = field(default_factory=list)
    episodes: list[AnEpisode] = field(default_factory=list)
    allocations: list[AnAllocation] = field(default_factory=list)
    frames: list[AFrame] = field(default_factory=list)
