"""Bringing a Children in Need return into the record, child by child.

Each child is one transaction: a child whom nothing in the record can hold is set aside in full and the next one goes
on; a process that is killed leaves each child wholly in the record or not at all, and the same command again
completes the rest.
"""

import hashlib
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from throughline.core.access.models import User
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.readings import told  # noqa: F401  (registers audit sentences)
from throughline.readings.census.children import Child, children_of
from throughline.readings.census.finding import People
from throughline.readings.census.lines import Lines
from throughline.readings.census.placing import Placing
from throughline.readings.census.remarks import Remarks
from throughline.readings.census.years import years_of
from throughline.readings.models import ImportedChild, ImportRun, Remark, RemarkKind, State
from throughline.returns.cin.model import CinReturn
from throughline.returns.cin.read import read_cin
from throughline.returns.common.errors import UnreadableReturn

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with children done and children in all."""

_LOCK: Final = 0x43494E
_EVERY: Final = 20
_LONGEST_ID: Final = 60


def begin(*, by: User | None, name: str, content: bytes) -> ImportRun:
    """Note that a file is to be brought in."""
    return ImportRun.objects.create(
        file_name=name[:255],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        started_by=by,
    )


def import_cin(
    *, by: User | None, name: str, content: bytes, progress: Progress | None = None, run: ImportRun | None = None
) -> ImportRun:
    """Bring the return ``content`` into the record and return the finished run with its remarks.

    Raises UnreadableReturn when the file is not a return that can be read: nothing was brought in then, and the run
    says so. Raises Refused while another import is under way.
    """
    run = run or begin(by=by, name=name, content=content)
    with _alone(run):
        try:
            returned = read_cin(BytesIO(content))
            years = years_of(returned)
        except UnreadableReturn as problem:
            _refuse(run, problem)
            raise
        run.header, run.layout_year = returned.header, returned.layout_year
        run.year, run.years = years.stated, list(years.all)
        run.children, run.state = returned.children, State.RUNNING
        run.save()
        account.record("readings.import_started", by=by, subject=run, file=run.file_name, children=run.children)
        lines = Lines(content)
        whole = Remarks(run, lines)
        for remark in years.remarks:
            whole.note(
                RemarkKind.FILE,
                remark,
                "Check that this is the return you meant, and mend the header where it was made. It was brought in.",
            )
        for note in returned.notes:
            whole.note(RemarkKind.FILE, note, "Nothing needs doing if the names read well.")
        for one in returned.unplaced:
            if one.child_row is None:
                whole.unplaced(one)
        Remark.objects.bulk_create(whole.found)
        _Import(run, lines, progress).children(returned)
        run.state, run.finished_at = State.FINISHED, timezone.now()
        with transaction.atomic():
            run.save()
            account.record(
                "readings.import_finished",
                by=by,
                subject=run,
                file=run.file_name,
                added=run.added,
                changed=run.changed,
                unchanged=run.unchanged,
                aside=run.aside,
            )
    return run


class _Import:
    """One run over the children of one return."""

    def __init__(self, run: ImportRun, lines: Lines, progress: Progress | None) -> None:
        self.run, self.lines, self.progress = run, lines, progress

    def children(self, returned: CinReturn) -> None:
        """Place every child; save how far it is now and then."""
        found = _together(children_of(returned))
        people = People(self.run.year or returned.layout_year, [child for child, _why in found])
        for child, why in found:
            self._child(child, why, people)
            self.run.done += 1
            if self.run.done % _EVERY == 0:
                self.run.save()
            if self.progress is not None:
                self.progress(self.run.done, len(found))

    def _child(self, child: Child, why: str, people: People) -> None:
        remarks = Remarks(self.run, self.lines, child)
        if not why and not child.id:
            why = "The child has no local number (LAchildID), and could not be told from another."
        if not why and len(child.id) > _LONGEST_ID:
            why = f"The local number is {len(child.id)} characters long; no authority's is longer than {_LONGEST_ID}."
        if why:
            self._aside(remarks, people, why, "Mend it where the return was made and bring the file in again.")
            return
        try:
            with transaction.atomic():
                outcome = self._placed(child, remarks, people)
        except (OperationalError, InterfaceError):
            # The database itself is gone: no child is at fault, and none may be set aside for it.
            raise
        except Exception as fault:
            # Whatever is wrong with one child must not cost the others; what came is kept in full.
            # Where it went wrong, and not the fault's own words: they may hold what a log must not.
            where = "".join(traceback.format_tb(fault.__traceback__))
            log.error("A child of import %s could not be placed: %s\n%s", self.run.pk, type(fault).__name__, where)
            people.forget(child)
            remarks.found.clear()
            self._aside(
                remarks,
                people,
                f"The record could not hold this child ({type(fault).__name__}).",
                "Nothing of the child was brought in, and all of it is kept here. Tell the people who look after "
                "Throughline, then bring the file in again.",
            )
            return
        setattr(self.run, outcome, getattr(self.run, outcome) + 1)

    def _placed(self, child: Child, remarks: Remarks, people: People) -> str:
        """Place a child inside the caller's transaction; return which count it belongs to."""
        digest = child.digest()
        before = people.before(child)
        if before is not None and before.digest == digest:
            # The same as last time: nothing to do, and what was to be said then still is.
            for remark in people.remarks_of(before, child):
                remark.pk, remark.run = None, self.run
                remark._state.adding = True
                remarks.found.append(remark)
            Remark.objects.bulk_create(remarks.found)
            return "unchanged"
        person, new = people.find_or_make(child, remarks)
        remarks.person = person
        placing = Placing(self.run, child, person, remarks, people.upns, new=new)
        changed = placing.place()
        Remark.objects.bulk_create(remarks.found)
        if before is None:
            ImportedChild.objects.create(person=person, year=people.year, digest=digest, run=self.run)
        else:
            before.digest, before.run = digest, self.run
            before.save(update_fields=["digest", "run"])
        if changed:
            verb = "readings.child_imported" if new else "readings.child_import_changed"
            account.record(verb, by=self.run.started_by, person_id=person.pk, subject=self.run, year=str(self.run.year))
        return "added" if new else "changed" if changed else "unchanged"

    def _aside(self, remarks: Remarks, people: People, why: str, action: str) -> None:
        # What is kept of a child whom the record knows is seen by those who may see that child.
        remarks.person = people.known(remarks.child)
        remarks.aside(why, action)
        Remark.objects.bulk_create(remarks.found)
        self.run.aside += 1


def _together(children: list[Child]) -> list[tuple[Child, str]]:
    """Put together what the file has under one local number twice; return each child, and why one is set aside.

    Two that agree in all that they say of the child are one, with the cases of both. Two that do not may be two
    children: the first is taken and the other set aside.
    """
    first: dict[str, Child] = {}
    found: list[tuple[Child, str]] = []
    for child in children:
        known = first.get(child.id) if child.id else None
        if known is None:
            first[child.id] = child
            found.append((child, ""))
            continue
        about = [[one.plain() for one in child_.modules if one.table != "CINdetails"] for child_ in (known, child)]
        if about[0] == about[1]:
            known.modules += child.of("CINdetails")
            known.unplaced += child.unplaced
        else:
            why = "Another child earlier in the file has the same local number, and the two differ in who they are."
            found.append((child, why))
    return found


def _refuse(run: ImportRun, problem: UnreadableReturn) -> None:
    run.state, run.problem, run.finished_at = State.UNREADABLE, problem.message, timezone.now()
    with transaction.atomic():
        run.save()
        account.record("readings.import_refused", by=run.started_by, subject=run, file=run.file_name)


@contextmanager
def _alone(run: ImportRun) -> Iterator[None]:
    """Hold the place of the one import that may run. Others that say they are running have died: mark them."""
    if not _ask("SELECT pg_try_advisory_lock(%s)"):
        run.state, run.problem = State.STOPPED, "Another import was under way."
        run.save()
        raise Refused("Another import is under way. Wait until it is finished, then bring this file in again.")
    try:
        ImportRun.objects.filter(state=State.RUNNING).exclude(pk=run.pk).update(state=State.STOPPED)
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s)")


def under_way() -> bool:
    """Whether an import runs now, in any process."""
    return bool(
        _ask("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = %s)")
    )


def _ask(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_LOCK])
        row = cursor.fetchone()
    return row[0] if row else None
