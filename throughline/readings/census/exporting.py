"""The Children in Need return of a year, read from the record.

Each value is the record's own. Only where a return brought something that the record could not hold, and nobody has
recorded anything else there since, does it go out as it came (models.Source).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from django.utils import timezone

from throughline.core import authority
from throughline.core.access.models import User
from throughline.core.errors import Refused
from throughline.readings.census.belonging import belongs
from throughline.readings.census.children import Child, Module, tables_of
from throughline.readings.census.derived import derive
from throughline.readings.census.finding import OWN_NUMBER
from throughline.readings.census.holdings import Holdings
from throughline.readings.census.places import PLACES
from throughline.readings.census.places.case import closed_on
from throughline.readings.census.places.place import Element, Place
from throughline.readings.census.values import text, write
from throughline.readings.models import Source
from throughline.readings.sight import Sight
from throughline.record.in_need.models import Case
from throughline.record.people.models import IdentifierType, Person
from throughline.returns.cin import layout
from throughline.returns.cin.write import write_cin

# What the layout asks of every child or case, and the code by which it says "not recorded".
_NOT_RECORDED = {
    "Sex": "U",
    "GenderCurrent": "0",
    "Ethnicity": "NOBT",
    "ReferralSource": "10",
    "ReferralNFA": "0",
    "ICPCnotRequired": "0",
}
_TWINS = {"Sex": "GenderCurrent", "GenderCurrent": "Sex"}
_BELOW = ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")


@dataclass
class Export:
    """A return that was made: the file, how many children it has, and what its maker should know."""

    year: int
    content: bytes = b""
    children: int = 0
    # Children with a case that does not belong in this year.
    others: int = 0
    as_came: Counter[str] = field(default_factory=Counter)
    not_recorded: Counter[str] = field(default_factory=Counter)
    lacking: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)
    nowhere: Counter[str] = field(default_factory=Counter)

    def remarks(self) -> list[str]:
        """Return what the maker of the return should know, a sentence each."""
        told = (
            (self.as_came, "{n} of {item} goes out as a return brought it: the record could not hold it."),
            (self.not_recorded, "{n} of {item} not recorded, and returned with the code for that."),
            (self.lacking, "{n} of {item} missing: the layout asks for it and the record has nothing."),
            (self.outside, "{n} of {item} left out: the layout of {year} does not have it."),
            (self.nowhere, "{n} of {item} left out: recorded for a time when the child had no case."),
        )
        return [
            sentence.format(n=number, item=item, year=self.year)
            for counted, sentence in told
            for item, number in sorted(counted.items())
        ]


def export_cin(*, by: User | None, year: int, everything: bool = False) -> Export:
    """Make the return of ``year`` from what ``by`` may see; from the whole record, for the system, when None.

    With ``everything`` each case of the record is in it, whatever its dates. The account is told. Raises Refused for
    a year whose layout is not known.
    """
    export, made = _make(by, year, everything=everything)
    export.content = write_cin(tables_of(made, _header(year), year), year)
    Sight(by).exported(collection="cin", year=year, children=len(made), everything=everything)
    return export


def look_ahead(*, by: User, year: int, everything: bool = False) -> Export:
    """Return what the return of ``year`` would hold and lack, as numbers, without making it. Raises Refused."""
    return _make(by, year, everything=everything)[0]


def _make(by: User | None, year: int, *, everything: bool) -> tuple[Export, list[Child]]:
    if not layout.first_year() <= year <= layout.last_year():
        raise Refused(
            {
                "year": f"There is no layout for the collection year {year}. "
                f"Choose a year from {layout.first_year()} to {layout.last_year()}."
            }
        )
    export = Export(year)
    made = _Exporting(Sight(by), export, everything=everything).children()
    export.children = len(made)
    return export, made


def _header(year: int) -> dict[str, str]:
    return {
        "Collection": "CIN",
        "Year": str(year),
        "ReferenceDate": f"{year}-03-31",
        "SourceLevel": "L",
        "LEA": authority.current().la_code,
        "SoftwareCode": "Throughline",
        "Release": version("throughline"),
        "SerialNo": "001",
        "DateTime": timezone.localtime().strftime("%Y-%m-%dT%H:%M:%S"),
    }


class _Exporting:
    """One return being made."""

    def __init__(self, sight: Sight, export: Export, *, everything: bool) -> None:
        self.sight, self.export, self.everything = sight, export, everything
        self.year = export.year
        self.sources: dict[tuple[str, int], Source] = {}
        self.holdings = Holdings()

    def children(self) -> list[Child]:
        """Return the children who belong in the return, by their local number."""
        self.holdings = Holdings.of(self.sight, None)
        derive(self.sight, self.holdings)
        self.sources = {
            (one.table, one.row_id): one for one in self.sight.rows(Source).select_related("run").iterator()
        }
        cases: dict[int, list[Case]] = {}
        others: set[int] = set()
        for case in self.holdings.cases:
            if self.everything or belongs(case, self.year, self._came_in("CINdetails", case.pk)):
                cases.setdefault(case.person_id, []).append(case)
            else:
                others.add(case.person_id)
        self.export.others = len(others - cases.keys())
        below = self._below(cases)
        people = self.sight.rows(Person).filter(pk__in=cases).order_by("pk")
        made = [self._child(person, cases[person.pk], below) for person in people]
        for number, child in enumerate(made, start=1):
            child.number = number
        return made

    def _child(self, person: Person, cases: Sequence[Case], below: dict[int, list[Module]]) -> Child:
        own = self.holdings.number(person.pk, IdentifierType.LOCAL)
        child = Child(0, own.value if own else OWN_NUMBER.format(pk=person.pk))
        child.modules = [self._module(PLACES[table], person) for table in ("ChildIdentifiers", "ChildCharacteristics")]
        for case in cases:
            module = self._module(PLACES["CINdetails"], case)
            module.below = below.get(id(case), [])
            child.modules.append(module)
        return child

    def _below(self, chosen: dict[int, list[Case]]) -> dict[int, list[Module]]:
        """Return what stands in each case, by the case object (one that is derived has no number)."""
        found: dict[int, list[Module]] = {}
        every: dict[int, list[Case]] = {}
        for case in self.holdings.cases:
            every.setdefault(case.person_id, []).append(case)
        wanted = {id(case) for cases in chosen.values() for case in cases}
        for table in _BELOW:
            place = PLACES[table]
            for row in self.holdings.rows(table):
                case_of = _case_of(row, every.get(row.person_id, ()))
                if case_of is None:
                    if row.person_id in chosen and row.pk is not None:
                        self.export.nowhere[table] += 1
                    continue
                if id(case_of) not in wanted:
                    continue
                if not layout.tables()[table].in_year(self.year) and self.year not in self._came_in(table, row.pk):
                    self.export.outside[table] += 1
                    continue
                found.setdefault(id(case_of), []).append(self._module(place, row))
        return found

    def _module(self, place: Place, row: Any) -> Module:
        source = self.sources.get((place.table, row.pk)) if row.pk else None
        returned = source is not None and self.year in source.run.years
        now = place.current(row, self.holdings)
        module = Module(place.table)
        for element in place.elements:
            name = element.name
            came = source.values.get(name) if source is not None else None
            in_layout = _in_layout(place.table, element, self.year)
            if not in_layout and not (returned and came is not None):
                if came is not None and name not in _TWINS:
                    self.export.outside[f"{place.table}: {name}"] += 1
                continue
            if returned and came is None and source is not None and _TWINS.get(name) in source.values:
                # The return said it by the other item's name, which goes out again.
                continue
            if source is not None and name in source.stood and source.stood[name] == text(now[name]):
                if came is not None:
                    module.values[name] = came
                    self.export.as_came[f"{place.table}: {name}"] += 1
                continue
            value = write(element.kind, now[name])
            if value is not None:
                module.values[name] = value
            elif in_layout and not (returned and came is None):
                self._missing(place, name, module)
        return module

    def _missing(self, place: Place, name: str, module: Module) -> None:
        item = f"{place.table}: {name}"
        if name in _NOT_RECORDED:
            module.values[name] = _NOT_RECORDED[name]
            self.export.not_recorded[item] += 1
        elif _asked(place.table, name) or (name == "ReasonForClosure" and "CINclosureDate" in module.values):
            self.export.lacking[item] += 1

    def _came_in(self, table: str, row_id: int | None) -> Sequence[int]:
        source = self.sources.get((table, row_id)) if row_id else None
        return source.run.years if source is not None else ()


def _asked(table: str, name: str) -> bool:
    """Whether the layout requires the item."""
    return name not in layout.tables() and layout.tables()[table].field(name).required


def _in_layout(table: str, element: Element, year: int) -> bool:
    listed = layout.tables().get(element.name)
    if listed is not None and listed.is_list:
        return listed.in_year(year) and layout.tables()[table].in_year(year)
    return layout.tables()[table].in_year(year) and layout.tables()[table].field(element.name).in_year(year)


def _case_of(row: Any, cases: Sequence[Case]) -> Case | None:
    """Return the case that the row followed, else the last one that was open when it began."""
    for case in cases:
        if row.entry.follows_id is not None and row.entry.follows_id == case.entry_id:
            return case
    began = row.entry.happened_on
    open_then = [
        case
        for case in cases
        if case.entry.happened_on <= began and ((closed := closed_on(case)) is None or closed >= began)
    ]
    return max(open_then, key=lambda case: case.entry.happened_on, default=None)
