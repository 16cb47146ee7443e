"""Placing one child's part of a return in the record: made where it is new, changed where the return changed.

A row that a return brought is known again by its Source. Of each element three things are compared: what the return
said before, what it says now, and what the record holds. Only where the record still holds what the return said
before does it follow the return; where a worker has recorded something else, the record stays and the difference is
listed.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from throughline.readings.census.children import Child, Module
from throughline.readings.census.doubts import doubts
from throughline.readings.census.holdings import Holdings
from throughline.readings.census.places import PLACES
from throughline.readings.census.places.place import CannotHold, Desk, Element, Place
from throughline.readings.census.remarks import Remarks
from throughline.readings.census.values import FIRST_DAY, Held, Raw, read, text, write
from throughline.readings.models import ImportRun, RemarkKind, Source
from throughline.readings.sight import Sight
from throughline.record.people.models import Person

_MEND = "Mend it where the return was made and bring it in again, or enter it in the record. It goes out as it came."


class Placing:
    """One child at the desk. ``new`` is a person made for this child a moment ago."""

    def __init__(
        self, run: ImportRun, child: Child, person: Person, remarks: Remarks, upns: dict[str, int], *, new: bool
    ) -> None:
        self.run, self.child, self.person, self.remarks, self.new = run, child, person, remarks, new
        self.changed = new
        holdings = Holdings() if new else Holdings.of(Sight(None), [person.pk])
        self.desk = Desk(
            person=person,
            holdings=holdings,
            author=f"Children in Need census return of {run.year}",
            upns=upns,
            note=remarks.note,
        )
        self.sources: list[Source] = (
            [] if new else list(Source.objects.filter(person=person).select_related("run").order_by("pk"))
        )
        self.known = {(one.table, one.row_id) for one in self.sources}
        self.made: list[Source] = []
        self.older = False

    def place(self) -> bool:
        """Place the child; return whether anything in the record changed."""
        for one in self.child.unplaced:
            self.remarks.unplaced(one)
        self._place_all(self.child.modules, None, None)
        self._save_sources()
        if self.older:
            self.remarks.note(
                RemarkKind.MATCH,
                f"The record holds what a newer return than that of {self.run.year} said of this child.",
                "Nothing of it was changed. What only the older return has was added.",
            )
        return self.changed

    # -- finding the row again -----------------------------------------------------------------

    def _place_all(self, modules: Sequence[Module], parent: Any, parent_source: Source | None) -> None:
        by_table: dict[str, list[Module]] = defaultdict(list)
        for module in modules:
            by_table[module.table].append(module)
        for table, group in by_table.items():
            matches = self._matches(PLACES[table], group, parent_source)
            for module in group:
                self._place(module, matches.get(id(module)), parent, parent_source)

    def _matches(self, place: Place, group: Sequence[Module], parent: Source | None) -> dict[int, Source]:
        """Return the source of each module that came before: alike in all, in its first day, or the only one left."""
        if parent is not None and parent.pk is None:
            return {}
        free = [
            one for one in self.sources if one.table == place.table and one.parent_id == (parent.pk if parent else None)
        ]
        found: dict[int, Source] = {}

        def take(module: Module, source: Source) -> None:
            found[id(module)] = source
            free.remove(source)

        left = list(group)
        for alike in (_same_values, _same_key(place.key)):
            for module in list(left):
                match = next((one for one in free if alike(one, module)), None)
                if match is not None:
                    take(module, match)
                    left.remove(module)
        # A corrected first day: known only where nothing else can be meant, in a return of the same year.
        free_this_year = [one for one in free if one.run.year == self.run.year]
        if len(left) == 1 and len(free_this_year) == 1:
            take(left[0], free_this_year[0])
        return found

    def _recorded(self, place: Place, module: Module) -> Any:
        """Return a row that a worker recorded for the same day, which no return has brought."""
        if not place.key:
            return None if self.new else self.person
        day, _ = read("date", module.values.get(place.key))
        for row in self.desk.holdings.rows(place.table) if day else ():
            free = (place.table, row.pk) not in self.known
            if free and place.current(row, self.desk.holdings)[place.key] == day:
                return row
        return None

    # -- one module ----------------------------------------------------------------------------

    def _place(self, module: Module, source: Source | None, parent: Any, parent_source: Source | None) -> None:
        place = PLACES[module.table]
        held, faults = self._read(place, module)
        for element, why, action in doubts(held, timezone.localdate()):
            self._say(RemarkKind.DATE, module, element, why, action)
        if source is not None:
            row = self._row(place, source)
            self._merge(place, row, module, source, held, faults)
        else:
            row = self._recorded(place, module)
            if row is None:
                day = self._day(place, module, held, parent)
                if day is None:
                    self._aside(module)
                    return
                row, source = self._make(place, module, held, faults, parent, parent_source, day)
            else:
                source = self._source(module, row, parent_source, {})
                self._merge(place, row, module, source, held, faults, first=True)
        self._place_all(module.below, row, source)

    def _read(self, place: Place, module: Module) -> tuple[dict[str, Held], dict[str, str]]:
        held: dict[str, Held] = {}
        faults: dict[str, str] = {}
        for element in place.elements:
            held[element.name], why = read(element.kind, module.values.get(element.name), element.codes)
            if why:
                faults[element.name] = why
        return held, faults

    def _day(self, place: Place, module: Module, held: dict[str, Held], parent: Any) -> date | None:
        """Return the day at which the row stands: its own, else its case's, else the first that the case has."""
        if not place.key:
            return FIRST_DAY
        own = held[place.key]
        if isinstance(own, date) and own >= FIRST_DAY:
            return own
        if parent is not None:
            return parent.entry.happened_on  # type: ignore[no-any-return]
        days = [
            day
            for one in module.walk()
            for element in PLACES[one.table].elements
            if element.kind == "date"
            and isinstance(day := read("date", one.values.get(element.name))[0], date)
            and day >= FIRST_DAY
        ]
        return min(days, default=None)

    def _make(
        self,
        place: Place,
        module: Module,
        held: dict[str, Held],
        faults: dict[str, str],
        parent: Any,
        parent_source: Source | None,
        day: date,
    ) -> tuple[Any, Source]:
        self.desk.refused = {}
        row = place.make(self.desk, held, parent, day)
        self.changed = True
        now = place.current(row, self.desk.holdings)
        stood: dict[str, str] = {}
        for element in place.elements:
            raw = module.values.get(element.name)
            if raw is None:
                # Without a day of its own the row stands at another's, which is not to be returned as its own.
                if element.name == place.key:
                    stood[element.name] = text(now[element.name])
                    self._undated(module, element, day)
            elif not _holds(element, raw, held[element.name], now[element.name]):
                stood[element.name] = text(now[element.name])
        self._say_faults(module, faults)
        if isinstance(module.values.get(place.key), str) and place.key in stood:
            self._undated(module, place.element(place.key), day)
        episode = getattr(row, "episode", None)
        if episode is not None and episode.disputed:
            self._overlap(place, module)
        return row, self._source(module, row, parent_source, stood)

    def _source(self, module: Module, row: Any, parent: Source | None, stood: dict[str, str]) -> Source:
        self.known.add((module.table, row.pk))
        made = Source(
            person=self.person,
            run=self.run,
            table=module.table,
            row_id=row.pk,
            parent=parent,
            values=module.values,
            stood=stood,
        )
        self.made.append(made)
        return made

    def _save_sources(self) -> None:
        """Save what was made, each level in one go, those that hold others first."""
        left = self.made
        while left:
            ready = [one for one in left if one.parent is None or one.parent.pk is not None]
            for one in ready:
                one.parent = one.parent  # takes the number that its parent has by now
            Source.objects.bulk_create(ready)
            left = [one for one in left if one.pk is None]

    def _row(self, place: Place, source: Source) -> Any:
        if not place.key:
            return self.person
        for row in self.desk.holdings.rows(place.table):
            if row.pk == source.row_id:
                return row
        raise LookupError(f"{place.table} row {source.row_id} of a return is gone from the record")

    # -- what changed --------------------------------------------------------------------------

    def _merge(
        self,
        place: Place,
        row: Any,
        module: Module,
        source: Source,
        held: dict[str, Held],
        faults: dict[str, str],
        *,
        first: bool = False,
    ) -> None:
        """Bring a row up to a newer return. ``first``: a worker's row, of which no return has told before."""
        if not first and module.values == source.values:
            self._say_faults(module, faults)
            return
        if not first and (self.run.year or 0) < (source.run.year or 0):
            self.older = True
            return
        now = place.current(row, self.desk.holdings)
        stood = dict(source.stood)
        before = {} if first else source.values
        for element in place.elements:
            name = element.name
            raw = module.values.get(name)
            if raw is None and (first or name not in before):
                continue
            if not first and raw == before.get(name):
                continue
            was = stood.get(name, text(read(element.kind, before.get(name), element.codes)[0]))
            stood.pop(name, None)
            why = faults.get(name, "")
            if why:
                stood[name] = text(now[name])
            elif text(held[name]) != text(now[name]):
                if text(now[name]) == was or (first and not text(now[name])):
                    try:
                        place.put(self.desk, row, name, held[name])
                        self.changed = True
                    except CannotHold as refused:
                        stood[name] = text(now[name])
                        self._say(RemarkKind.CONFLICT, module, name, refused.why, refused.action)
                else:
                    self._conflict(module, element, now[name])
        self._say_faults(module, faults)
        source.values, source.stood, source.run = module.values, stood, self.run
        if source.pk is not None:
            source.save(update_fields=["values", "stood", "run"])
        episode = getattr(row, "episode", None)
        if episode is not None and episode.disputed:
            self._overlap(place, module)

    # -- what is said --------------------------------------------------------------------------

    def _say(self, kind: RemarkKind, module: Module, element: str, why: str, action: str) -> None:
        self.remarks.note(kind, why, action, table=module.table, element=element, value=module.values.get(element, ""))

    def _say_faults(self, module: Module, faults: dict[str, str]) -> None:
        for element, why in faults.items():
            self._say(RemarkKind.UNREADABLE, module, element, why, _MEND)
        for element, refused in self.desk.refused.items():
            self._say(RemarkKind.CONFLICT, module, element, refused.why, refused.action)
        self.desk.refused = {}

    def _conflict(self, module: Module, element: Element, now: Held) -> None:
        self._say(
            RemarkKind.CONFLICT,
            module,
            element.name,
            f"The record says “{text(now) or 'nothing'}”, and no return said that before: somebody recorded it.",
            "The record was left as it is. Find out which is right, and correct the record or the source.",
        )

    def _undated(self, module: Module, element: Element, day: date) -> None:
        self._say(
            RemarkKind.DATE,
            module,
            element.name,
            f"There is no day that the record can hold for when this began. It is shown at {day:%-d %B %Y}, "
            "the nearest day that the return has.",
            "Ask the team for the right date and correct it in the record.",
        )

    def _overlap(self, place: Place, module: Module) -> None:
        self._say(
            RemarkKind.OVERLAP,
            module,
            place.key,
            "The time that this lasted overlaps another of its kind for this child, or ends before it starts.",
            "Both are kept and this one is marked as disputed. Ask the team which dates are right, and correct them.",
        )

    def _aside(self, module: Module) -> None:
        self.remarks.note(
            RemarkKind.ASIDE,
            "This case has no date that can be read, so it has no place in a journey.",
            "It is kept here in full. Mend its dates at the source and bring the file in again.",
            table=module.table,
            kept=module.plain(),
        )


def _same_values(source: Source, module: Module) -> bool:
    return bool(source.values == module.values)


def _same_key(key: str) -> Any:
    def alike(source: Source, module: Module) -> bool:
        return not key or bool(source.values.get(key) == module.values.get(key))

    return alike


def _holds(element: Element, raw: Raw, held: Held, now: Held) -> bool:
    """Whether the record holds what came, so that it can be written back from the record."""
    back = write(element.kind, now)
    if back is None or text(held) != text(now):
        return False
    return read(element.kind, back, element.codes)[0] == read(element.kind, raw, element.codes)[0] and not (
        isinstance(raw, list) and read(element.kind, raw, element.codes)[1]
    )
