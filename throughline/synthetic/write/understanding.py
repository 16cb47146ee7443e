"""The typed rows of assessments, plans and visits."""

from datetime import date
from typing import Any, cast

from throughline.core.practice import keeping, library
from throughline.record.assessment.models import Answer, Assessment, Consent, Discussion, SignOff
from throughline.record.plans.models import Plan, PlanAction, PlanReview, Progress
from throughline.record.visits.models import Visit
from throughline.synthetic.plan import AnEvent
from throughline.synthetic.write.laying import Ids, Laid, lay, moment
from throughline.synthetic.write.story import recorded


def write(ids: Ids) -> None:
    """Write them for the events of each kind."""
    _visits(ids)
    _assessments(ids)
    _plans(ids)


def _of(ids: Ids, kind: str) -> list[AnEvent]:
    return [one for one in ids.authority.events if one.kind == kind]


def _visits(ids: Ids) -> None:
    lay(
        [
            Laid(
                Visit(
                    entry=ids.entries[one.key],
                    where="home",
                    purpose=str(one.more["purpose"]),
                    what_changed=str(one.more["changed"]),
                ),
                recorded(ids, one),
            )
            for one in _of(ids, "visit")
        ]
    )


def _assessments(ids: Ids) -> None:
    kept = keeping.keep(library.current("understanding-families"))
    events = _of(ids, "assessment")
    saved = lay([_assessment(ids, one, kept) for one in events])
    pairs = list(zip(events, saved, strict=True))
    lay([row for one, made in pairs for row in _answers(ids, one, made)])
    lay([row for one, made in pairs if one.more["done"] for row in _signed(ids, one, made)])
    lay(
        [
            Laid(
                Discussion(
                    assessment=made, discussed=True, on=done, recorded_by=_worker(ids, one), recorded_at=moment(done)
                ),
                moment(done),
            )
            for one, made in pairs
            if (done := cast(date | None, one.more["done"]))
        ]
    )
    lay(
        [
            Laid(
                Consent(
                    assessment=made,
                    agency="Health",
                    permitted=True,
                    given_by="Mother",
                    given_on=one.on,
                    recorded_by=_worker(ids, one),
                ),
                moment(one.on),
            )
            for one, made in pairs
        ]
    )


def _worker(ids: Ids, one: AnEvent) -> Any:
    return ids.users[one.worker or 0]


def _assessment(ids: Ids, one: AnEvent, kept: Any) -> Laid:
    done = cast(date | None, one.more["done"])
    row = Assessment(
        entry=ids.entries[one.key],
        practice=kept,
        stage="statutory",
        status="signed_off" if done else "writing",
        referral=ids.entries[one.follows] if one.follows is not None else None,
        signed_off_on=done,
    )
    return Laid(
        row,
        moment(one.on),
        before={"status": "writing", "signed_off_on": None} if done else {},
        changed_at=moment(done) if done else None,
    )


def _answers(ids: Ids, one: AnEvent, made: Assessment) -> list[Laid]:
    done = cast(date | None, one.more["done"])
    last = done or ids.authority.as_of
    shared = {
        "reason": one.more["reason"],
        "threshold": "Section 17: their health or development is likely to suffer without help.",
        "initial_plan": "See each child alone, meet both parents, hear the school, and write it together.",
    }
    if done:
        shared |= {
            "analysis": one.more["analysis"],
            "recommendations": one.more["recommend"],
            "working_well": "They come when they say they will, and the children know whom to go to.",
            "section_47": "no",
        }
    rows = [_answer(ids, one, made, section, str(words), min(one.on, last)) for section, words in shared.items()]
    rows += [
        _answer(ids, one, made, "story", _their_story(part.said), last, part.person) for part in one.parts if part.said
    ]
    return rows


def _their_story(said: str) -> str:
    return f"What they told us, in their words: “{said}”. It fits with what school sees on the days after."


def _answer(
    ids: Ids, one: AnEvent, made: Assessment, section: str, words: str, on: date, person: int | None = None
) -> Laid:
    return Laid(
        Answer(
            assessment=made,
            section=section,
            person=ids.people[person] if person is not None else None,
            words=words,
            written_by=_worker(ids, one),
            written_at=moment(on),
        ),
        moment(on),
    )


def _signed(ids: Ids, one: AnEvent, made: Assessment) -> list[Laid]:
    done = cast(date, one.more["done"])
    worker = ids.authority.workers[one.worker or 0]
    manager = next(
        (other for other in ids.authority.workers if other.role == "team_manager" and other.team == worker.team),
        next(other for other in ids.authority.workers if other.role == "team_manager"),
    )
    return [
        Laid(
            SignOff(
                assessment=made,
                role=role,
                signed_by=ids.users[key],
                signed_on=done,
                signed_at=moment(done),
                comments=comments,
            ),
            moment(done),
        )
        for role, key, comments in (
            ("worker", worker.key, ""),
            ("manager", manager.key, "The children are in every part of this. Agreed."),
        )
    ]


def _plans(ids: Ids) -> None:
    events = _of(ids, "plan")
    saved = lay([_plan(ids, one) for one in events])
    plans = {one.key: made for one, made in zip(events, saved, strict=True)}
    lay([row for one in events for row in _actions(ids, one, plans[one.key])])
    lay(
        [
            Laid(Progress(entry=ids.entries[one.key], plan=plans[one.follows]), recorded(ids, one))
            for one in _of(ids, "progress")
            if one.follows in plans
        ]
    )
    lay(
        [
            Laid(
                PlanReview(
                    entry=ids.entries[one.key],
                    plan=plans[one.follows],
                    outcome="continues",
                    who_took_part="The family, school and the worker",
                ),
                recorded(ids, one),
            )
            for one in _of(ids, "plan_review")
            if one.follows in plans
        ]
    )


def _plan(ids: Ids, one: AnEvent) -> Laid:
    more = one.more
    ended = cast(date | None, more["ended"])
    row = Plan(
        entry=ids.entries[one.key],
        person=ids.people[one.parts[0].person],
        kind="in_need",
        started_on=one.on,
        ended_on=ended,
        needs_to_change=str(more["need_to_change"]),
        safe_enough=str(more["safe_enough"]),
        strengths=str(more["strengths"]),
        family_does=str(more["already"]),
        family_ideas=str(more["family_ideas"]),
        goals=str(more["goals"]),
        how_safe="What was to change has changed; the family and school say so." if ended else "",
        changed_by=_worker(ids, one),
        changed_at=moment(ended or one.on),
    )
    return Laid(
        row,
        moment(one.on),
        before={"ended_on": None, "how_safe": ""} if ended else {},
        changed_at=moment(ended) if ended else None,
    )


def _actions(ids: Ids, one: AnEvent, plan: Plan) -> list[Laid]:
    wanted = cast(list[tuple[str, str, date, bool]], one.more["actions"])
    rows = []
    for what, who, by, done in wanted:
        finished = by if done and by <= ids.authority.as_of else None
        rows.append(
            Laid(
                PlanAction(plan=plan, what=what, who=who, by_when=by, done_on=finished, added_by=_worker(ids, one)),
                moment(one.on),
                before={"done_on": None} if finished else {},
                changed_at=moment(finished) if finished else None,
            )
        )
    return rows
