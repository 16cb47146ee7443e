"""Seals: a hash chain over the account, made in batches so that writers never wait for one another.

Each seal's digest covers the digest of the seal before it and every event of its batch in order of id.
Changing, removing or reordering a sealed event, or a seal, breaks the chain from there on. Keep a copy of the
newest digest outside the database (``throughline audit seal`` prints it) and pass it to ``verify``: then the
removal of the newest seals is noticed too.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC

from django.db import connection, transaction

from throughline.core.audit.models import Event, Seal, Sealed

BEGINNING = "0" * 64
# Any constant: it names the lock that lets one sealer work at a time.
_LOCK = 20_110_211
BATCH = 5_000


@dataclass(frozen=True)
class Verification:
    """What ``verify`` found: counts, the newest digest, and a sentence for each fault."""

    seals: int
    events: int
    unsealed: int
    head: str
    faults: list[str] = field(default_factory=list)


def seal(batch: int = BATCH) -> int:
    """Seal every committed event that no seal holds yet; return how many were sealed."""
    total = 0
    while True:
        count = _seal_one(batch)
        total += count
        if count < batch:
            return total


@transaction.atomic
def _seal_one(batch: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    # Events of transactions that are still open are not visible here: a later batch takes them.
    events = list(
        Event.objects.extra(
            where=["NOT EXISTS (SELECT 1 FROM audit_sealed s WHERE s.event_id = audit_event.id)"]
        ).order_by("pk")[:batch]
    )
    if not events:
        return 0
    previous = head()
    made = Seal.objects.create(events=len(events), previous=previous, digest=_digest(previous, events))
    Sealed.objects.bulk_create([Sealed(event_id=event.pk, seal=made) for event in events])
    return len(events)


def head() -> str:
    """Return the newest digest."""
    newest = Seal.objects.order_by("-pk").first()
    return newest.digest if newest else BEGINNING


def verify(expected_head: str | None = None) -> Verification:
    """Recompute the whole chain and return what was found; an empty ``faults`` means that it holds."""
    faults: list[str] = []
    previous, checked, seals = BEGINNING, 0, 0
    for one in Seal.objects.order_by("pk").iterator():
        seals += 1
        if one.previous != previous:
            faults.append(f"Seal {one.pk} does not follow the seal before it: a seal was removed or changed.")
        numbers = list(one.members.order_by("event_id").values_list("event_id", flat=True))
        events = list(Event.objects.filter(pk__in=numbers).order_by("pk"))
        missing = sorted(set(numbers) - {event.pk for event in events})
        if missing:
            faults.append(f"Seal {one.pk}: {len(missing)} of its events are missing, the first is {missing[0]}.")
        elif not numbers:
            faults.append(f"Seal {one.pk}: none of its {one.events} events is named any more: they were removed.")
        elif len(events) != one.events or _digest(one.previous, events) != one.digest:
            faults.append(f"Seal {one.pk}: an event between {numbers[0]} and {numbers[-1]} was changed.")
        checked += len(events)
        previous = one.digest
    if expected_head and expected_head != previous and not Seal.objects.filter(digest=expected_head).exists():
        faults.append("The digest that you kept is not in the chain: seals were removed or the chain was rewritten.")
    unsealed = Event.objects.count() - Sealed.objects.count()
    return Verification(seals, checked, max(unsealed, 0), previous, faults)


def _digest(previous: str, events: Iterable[Event]) -> str:
    total = hashlib.sha256(previous.encode())
    for event in events:
        total.update(_canonical(event))
    return total.hexdigest()


def _canonical(event: Event) -> bytes:
    values = [
        event.pk,
        event.at.astimezone(UTC).isoformat(),
        event.verb,
        event.actor_id,
        event.actor_label,
        event.person_id,
        event.subject,
        event.data,
    ]
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
