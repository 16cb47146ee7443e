"""The typed rows of contacts, consultations, referrals, decisions and feedback."""

from datetime import datetime, timedelta
from typing import Any

from throughline.core.history import LONDON
from throughline.record.front_door.models import (
    Concerned,
    Consultation,
    Contact,
    Decision,
    Feedback,
    Outcome,
    Referral,
)
from throughline.synthetic.plan import AnEvent
from throughline.synthetic.write.laying import Ids, Laid, lay
from throughline.synthetic.write.story import recorded


def write(ids: Ids) -> None:
    """Write them for the events of each kind."""
    contacts = _contacts(ids)
    _consultations(ids)
    lay(
        [
            Laid(Referral(entry=ids.entries[one.key], contact=contacts[one.more["contact"]]), recorded(ids, one))
            for one in _of(ids, "referral")
        ]
    )
    _decisions(ids, contacts)
    _feedback(ids, contacts)


def _of(ids: Ids, kind: str) -> list[AnEvent]:
    return [one for one in ids.authority.events if one.kind == kind]


def _contacts(ids: Ids) -> dict[Any, Contact]:
    events = _of(ids, "contact")
    saved = lay([Laid(_contact(ids, one), recorded(ids, one)) for one in events])
    contacts = {one.key: row for one, row in zip(events, saved, strict=True)}
    rows = []
    for one in events:
        family = ids.authority.families[one.family]
        children = {part.person for part in one.parts}
        carer = next(tie.person for tie in family.ties if tie.main_carer)
        for key, part, safe in [*((key, "child", "yes") for key in sorted(children)), (carer, "family", "")]:
            row = Concerned(contact=contacts[one.key], person=ids.people[key], part=part, safe=safe)
            rows.append(Laid(row, recorded(ids, one)))
    lay(rows)
    return contacts


def _contact(ids: Ids, one: AnEvent) -> Contact:
    more = one.more
    nobody = not more["role"]
    told = str(more["told"])
    return Contact(
        entry=ids.entries[one.key],
        source=str(more["source"]),
        source_role=str(more["role"]),
        source_agency=str(more["agency"]),
        anonymous=nobody,
        method=str(more["method"]),
        nature="harm",
        known=str(more["known"]),
        consent="not_sought" if told.startswith("Not told") else "given",
        consent_why=told if told.startswith("Not told") else "",
        lawful_basis="public_task",
        parents_told=not told.startswith("Not told"),
        told_words=told,
        step="hub",
    )


def _consultations(ids: Ids) -> None:
    lay(
        [
            Laid(
                Consultation(
                    entry=ids.entries[one.key],
                    asked_on=one.on,
                    source=str(one.more["source"]),
                    source_role=str(one.more["role"]),
                    source_agency=str(one.more["agency"]),
                    method="telephone",
                    question=one.words,
                    checked="Looked for the family in the record; nothing that changes the advice.",
                    advice=str(one.more["advice"]),
                    next_step="To talk with the family first, and to ring again if nothing changes.",
                    next_by=str(one.more["role"]) or "The caller",
                    taken_by=ids.users[one.worker or 0],
                ),
                recorded(ids, one),
            )
            for one in _of(ids, "consultation")
        ]
    )


def _decisions(ids: Ids, contacts: dict[Any, Contact]) -> None:
    events = [one for one in _of(ids, "decision") if "contact" in one.more]
    saved = lay(
        [
            Laid(
                Decision(
                    entry=ids.entries[one.key],
                    contact=contacts[one.more["contact"]],
                    decided_at=datetime.combine(one.on, one.at or datetime.min.time(), tzinfo=LONDON),
                    options="Advice alone was weighed: it would have left the children to wait.",
                ),
                recorded(ids, one),
            )
            for one in events
        ]
    )
    lay(
        [
            Laid(_outcome(ids, one, decision, part.person), recorded(ids, one))
            for one, decision in zip(events, saved, strict=True)
            for part in one.parts
        ]
    )


def _outcome(ids: Ids, one: AnEvent, decision: Decision, person: int) -> Outcome:
    outcome = str(one.more["outcome"])
    team = one.more["team"]
    return Outcome(
        decision=decision,
        person=ids.people[person],
        outcome=outcome,
        label=one.decision,
        means=outcome,
        destination="Family hub" if outcome in ("early_help", "signpost") else "",
        team=ids.teams[team] if isinstance(team, int) else None,
    )


def _feedback(ids: Ids, contacts: dict[Any, Contact]) -> None:
    today = ids.authority.as_of
    rows = []
    for one in _of(ids, "contact"):
        told_on = one.on + timedelta(days=4)
        if one.more["feedback"] and one.more["role"] and told_on <= today:
            row = Feedback(
                contact=contacts[one.key],
                told_on=told_on,
                told_whom=str(one.more["role"]),
                method="telephone",
                words="Told what was decided and why, and whom to ring if they worry again.",
                by=ids.users[one.worker or 0],
            )
            rows.append(Laid(row, recorded(ids, one)))
    lay(rows)
