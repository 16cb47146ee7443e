"""Imports and their remarks, for this user."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from throughline.core.access import reach
from throughline.core.access.door import NotFound
from throughline.core.access.models import User
from throughline.readings.census.importing import under_way
from throughline.readings.models import READERS, ImportRun, Remark, RemarkKind, State


def require_reader(user: User) -> None:
    """Raise NotFound unless the user works with returns: for anyone else there is no such page."""
    if not reach.holds(user, *READERS):
        raise NotFound


def runs(user: User) -> QuerySet[Any]:
    """Return every import, newest first."""
    return reach.visible(user, ImportRun).select_related("started_by").order_by("-started_at", "-pk")


def one_run(user: User, pk: int) -> ImportRun:
    """Return one import, or raise NotFound. One that died with its server is shown as stopped."""
    found: ImportRun | None = runs(user).filter(pk=pk).first()
    if found is None:
        raise NotFound
    # A run that waits has a moment to take its place before it is called dead.
    patience = timezone.now() - timedelta(seconds=30)
    waits = found.state == State.RUNNING or (found.state == State.WAITING and found.started_at < patience)
    if waits and not under_way():
        found.state = State.STOPPED
    return found


def remarks(user: User, run: ImportRun, kind: str = "", child: str = "") -> QuerySet[Any]:
    """Return the remarks of an import that the user may see, those on the file first, then in the file's order."""
    found = reach.visible(user, Remark).filter(run=run)
    if kind:
        found = found.filter(kind=kind)
    if child:
        found = found.filter(child=child)
    return found.order_by(F("child_number").asc(nulls_first=True), F("line").asc(nulls_first=True), "pk")


def kinds(user: User, run: ImportRun) -> list[tuple[str, str, int]]:
    """Return each kind of remark that the import has: its code, its name, how many."""
    counted = dict(remarks(user, run).order_by().values_list("kind").annotate(Count("pk")))
    return [(kind.value, str(kind.label), counted[kind.value]) for kind in RemarkKind if kind.value in counted]
