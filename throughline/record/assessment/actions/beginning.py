"""Beginning an assessment, continuing it after a referral, and moving it to another wording of its template."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.clocks import actions as clocks
from throughline.core.errors import Refused
from throughline.core.practice import keeping, library, moving
from throughline.core.practice.model import PracticeModel
from throughline.record.assessment.actions.held import child_ids, hold, model_of, refuse, require_open, said, tell
from throughline.record.assessment.models import Answer, Assessment, Quotation, Stage, Status
from throughline.record.families.models import Family, Membership
from throughline.record.journey.actions import Part, write_entry
from throughline.record.journey.models import Entry, EntrySubject
from throughline.record.people.models import Person


@transaction.atomic
def begin(
    *,
    by: User,
    family: Family,
    children: Sequence[Person],
    model: str = "understanding-families",
    stage: str = Stage.STATUTORY,
    started_on: date | None = None,
    entry_from: Entry | None = None,
    agreed_by: str = "",
) -> Assessment:
    """Begin one record for a family, about these children.

    ``entry_from`` is what it follows: the referral. ``agreed_by`` says who of the family agreed, for early help.
    A statutory one starts the clock that its template names, from the day of the referral where there is one; where
    the authority has that clock suspended, none starts and a time frame is agreed instead.
    Raises Refused (no children, one who is in another that is open, early help without agreement), NotFound.
    """
    door.one(by, Family, family.pk)
    day = started_on or timezone.localdate()
    template = library.current(model)
    refuse(_faults(family, children, template, stage, agreed_by))
    entry = write_entry(
        by=by,
        kind="assessment",
        happened_on=day,
        summary=f"{template.title}: begun",
        parts=[Part(child) for child in children],
        family=family,
        follows=entry_from,
    )
    made = Assessment.objects.create(
        entry=entry,
        practice=keeping.keep(template),
        stage=stage,
        agreed_by=agreed_by.strip()[:200],
        referral=entry_from if stage == Stage.STATUTORY else None,
    )
    if stage == Stage.STATUTORY:
        _start_clock(by, made, template, children, entry_from.happened_on if entry_from else day)
    ids = [child.pk for child in children]
    tell("assessment.begun", by, made, ids, model=template.title.lower(), version=template.version)
    return made


def _faults(
    family: Family, children: Sequence[Person], template: PracticeModel, stage: str, agreed_by: str
) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not children:
        faults["children"] = "Choose at least one child: the record is theirs."
    ids = [child.pk for child in children]
    members = set(Membership.objects.filter(family=family, person__in=ids).values_list("person_id", flat=True))
    if set(ids) - members:
        faults["children"] = "Someone chosen is not recorded in this family. Add them to the family first."
    running = Assessment.objects.exclude(status=Status.SIGNED_OFF).filter(
        practice__code=template.code, entry__subjects__person__in=ids
    )
    if running.exists():
        faults["children"] = (
            "One of these children is in a record of this kind that is still being written. Continue that one, and "
            "include the other children in it."
        )
    if stage == Stage.EARLY_HELP and not agreed_by.strip():
        faults["agreed_by"] = "Early help rests on agreement: say who of the family agreed to this."
    return faults


def _start_clock(
    by: User, assessment: Assessment, template: PracticeModel, children: Sequence[Person], on: date
) -> None:
    if not template.clock:
        return
    for child in children:
        clocks.start_statutory(by=by, person=child, rule=template.clock, started_on=on, entry=assessment.entry)


@transaction.atomic
def include_child(*, by: User, assessment: Assessment, child: Person) -> Assessment:
    """Include another child of the family in a record that is being written (a baby who is expected, a half-brother).

    The statutory clock, where one runs for the others, starts for this child today.
    """
    held = hold(by, assessment)
    require_open(held)
    door.require(by, Action.RECORD, child.pk)
    children = child_ids(held)
    if child.pk in children:
        return held
    door.require(by, Action.RECORD, *children)
    if not Membership.objects.filter(family=held.family, person=child).exists():
        raise Refused({"children": "This child is not recorded in the family. Add them to the family first."})
    EntrySubject.objects.create(entry=held.entry, person=child)
    if held.stage == Stage.STATUTORY:
        _start_clock(by, held, model_of(held), [child], timezone.localdate())
    tell("assessment.child_included", by, held, [child.pk])
    return held


@transaction.atomic
def continue_after_referral(
    *, by: User, assessment: Assessment, on: date, referral: Entry | None = None, model: str | None = None
) -> Assessment:
    """Go on, as a statutory assessment, with what was begun in early help: the same record, nothing asked again.

    Every word, quotation, view of a child and answer about sharing stays as it is. The statutory clock starts from
    the referral on ``on``. ``model`` moves it to another template at the same time (the short one to the long one).
    Raises Refused when it is statutory already or was signed off, NotFound.
    """
    held = hold(by, assessment)
    children = child_ids(held)
    door.require(by, Action.RECORD, *children)
    require_open(held)
    faults = {}
    if held.stage == Stage.STATUTORY:
        faults[""] = "This is a statutory assessment already. Go on writing it."
    if on > timezone.localdate():
        faults["on"] = "The date is in the future. Enter the day of the referral."
    elif on < held.entry.happened_on:
        faults["on"] = f"The record was begun on {said(held.entry.happened_on)}: choose that day or later."
    if referral is not None:
        door.one(by, Entry, referral.pk)
    refuse(faults)
    held.stage, held.became_statutory_on, held.referral = Stage.STATUTORY, on, referral
    held.version += 1
    held.save(update_fields=["stage", "became_statutory_on", "referral", "version"])
    people = list(Person.objects.filter(pk__in=children))
    write_entry(
        by=by,
        kind="assessment",
        happened_on=on,
        summary=f"{held.practice.title}: continued after a referral",
        words="What the family told us in early help goes on from here. Nothing is asked again.",
        parts=[Part(person) for person in people],
        family=held.family,
        follows=held.entry,
    )
    tell("assessment.became_statutory", by, held, children, on=on.isoformat())
    if model is not None and model != held.practice.code:
        held = move_to(by=by, assessment=held, model=model)
    _start_clock(by, held, model_of(held), people, on)
    return held


@transaction.atomic
def move_to(*, by: User, assessment: Assessment, model: str | None = None) -> Assessment:
    """Move an open record to the wording of a template in use now (its own, or another). No word is lost.

    What the new wording has no place for stays where it was written and is shown as from the earlier version.
    """
    held = hold(by, assessment)
    door.require(by, Action.RECORD, *child_ids(held))
    require_open(held)
    old = model_of(held)
    try:
        new = library.current(model or old.code)
    except LookupError as problem:
        raise Refused("That template is not in use any more. The record stays with the one it has.") from problem
    kept = keeping.keep(new)
    if kept.pk == held.practice_id:
        return held
    answers = {(one.section, one.person_id): one for one in held.answers.all()}
    quotations = list(held.quotations.all())
    places = {*answers, *((one.section, one.person_id) for one in quotations)}
    move = moving.plan(old, new, places)
    _rename(answers, quotations, move)
    held.practice = kept
    held.version += 1
    held.save(update_fields=["practice", "version"])
    tell("assessment.moved", by, held, child_ids(held), model=new.title.lower(), version=new.version)
    return held


def _rename(answers: dict[tuple[str, int | None], Answer], quotations: Sequence[Quotation], move: moving.Move) -> None:
    renamed = {place: code for place, code in move.to.items() if place[0] != code}
    for place, code in renamed.items():
        if place in answers:
            answers[place].section = code
            answers[place].save(update_fields=["section"])
    for one in quotations:
        code = renamed.get((one.section, one.person_id), "")
        if code:
            one.section = code
            one.save(update_fields=["section"])
