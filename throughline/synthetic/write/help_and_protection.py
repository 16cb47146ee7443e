"""Cases of children in need, plan periods, enquiries, conferences and protection plans: what a census reads."""

from datetime import date
from typing import cast

from throughline.record.in_need.models import AssessmentOutline, Case, PlanPeriod
from throughline.record.protection.models import Conference, Enquiry, Plan
from throughline.synthetic.plan import AnEpisode, AnEvent
from throughline.synthetic.write.laying import Ids, Laid, lay, moment
from throughline.synthetic.write.story import recorded


def write(ids: Ids) -> None:
    """Write them child by child."""
    _cases(ids)
    _outlines(ids)
    _plan_periods(ids)
    _protection(ids)


def _of(ids: Ids, kind: str) -> list[AnEvent]:
    return [one for one in ids.authority.events if one.kind == kind]


def _cases(ids: Ids) -> None:
    opened = {
        (one.opened_by, one.person): (key, one)
        for key, one in enumerate(ids.authority.episodes)
        if one.kind == "in_need"
    }
    rows = []
    for one in _of(ids, "referral"):
        for part in one.parts:
            found = opened.get((one.key, part.person))
            if found is not None:
                rows.append(_case(ids, one, part.person, *found))
    lay(rows)


def _case(ids: Ids, one: AnEvent, person: int, key: int, episode: AnEpisode) -> Laid:
    assessed = bool(one.more["assessed"])
    closed = ids.entries.get(episode.closed_by) if episode.closed_by is not None else None
    reason = ("RC8" if episode.why.startswith("closed after") else "RC7") if closed else ""
    return Laid(
        Case(
            entry=ids.entries[one.key],
            person=ids.people[person],
            source=str(one.more["source"]),
            primary_need=str(one.more["need"]),
            no_further_action=not assessed,
            episode=ids.episodes[key] if assessed else None,
            closed_by=closed,
            closure_reason=reason,
        ),
        recorded(ids, one),
        before={"closed_by_id": None, "closure_reason": ""} if closed else {},
        changed_at=moment(cast(date, episode.ended)) if closed else None,
    )


def _outlines(ids: Ids) -> None:
    rows = []
    for one in _of(ids, "assessment"):
        done = cast(date | None, one.more["done"])
        for part in one.parts:
            row = AssessmentOutline(
                entry=ids.entries[one.key],
                person=ids.people[part.person],
                authorised_on=done,
                factors=cast(list[str], one.more["factors"]) if done else None,
            )
            before = {"authorised_on": None, "factors": None} if done else {}
            rows.append(Laid(row, moment(one.on), before=before, changed_at=moment(done) if done else None))
    lay(rows)


def _plan_periods(ids: Ids) -> None:
    rows = []
    for one in _of(ids, "plan"):
        ended = cast(date | None, one.more["ended"])
        row = PlanPeriod(entry=ids.entries[one.key], person=ids.people[one.parts[0].person], ended_on=ended)
        rows.append(
            Laid(
                row,
                moment(one.on),
                before={"ended_on": None} if ended else {},
                changed_at=moment(ended) if ended else None,
            )
        )
    lay(rows)


def _protection(ids: Ids) -> None:
    enquiries = _of(ids, "enquiry")
    saved = lay(
        [
            Laid(
                Enquiry(
                    entry=ids.entries[one.key],
                    person=ids.people[one.parts[0].person],
                    conference_due_on=cast(date, one.more["conference"]),
                    conference_not_required=False,
                ),
                recorded(ids, one),
            )
            for one in enquiries
        ]
    )
    by_child = {(one.parts[0].person, one.more["conference"]): row for one, row in zip(enquiries, saved, strict=True)}
    episodes = {
        (one.person, one.started): (key, one)
        for key, one in enumerate(ids.authority.episodes)
        if one.kind == "protection"
    }
    conferences = _of(ids, "conference")
    plans = {}
    for one in conferences:
        person = one.parts[0].person
        key, episode = episodes[person, one.on]
        _why, category, before = episode.why.split("|") if "|" in episode.why else ("", str(one.more["category"]), "0")
        plans[person, one.on] = Laid(
            Plan(
                entry=ids.entries[one.key],
                person=ids.people[person],
                episode=ids.episodes[key],
                initial_category=category,
                latest_category=category,
                previous_plans=int(before),
            ),
            recorded(ids, one),
        )
    made = dict(zip(plans, lay(list(plans.values())), strict=True))
    rows = [
        Laid(
            Conference(
                entry=ids.entries[one.key],
                person=ids.people[one.parts[0].person],
                stage="initial",
                enquiry=by_child.get((one.parts[0].person, one.on)),
            ),
            recorded(ids, one),
        )
        for one in conferences
    ]
    for one in _of(ids, "protection_review"):
        person = one.parts[0].person
        held = max((day for child, day in made if child == person and day <= one.on), default=None)
        rows.append(
            Laid(
                Conference(
                    entry=ids.entries[one.key],
                    person=ids.people[person],
                    stage="review",
                    plan=made[person, held] if held else None,
                ),
                recorded(ids, one),
            )
        )
    lay(rows)
