"""Writing what protects a child: enquiries, conferences and plans, as a return has them (see in_need.actions)."""

from datetime import date

from throughline.core.access.models import User
from throughline.record.in_need.actions import lasting, one_act
from throughline.record.journey.actions import Part, write_entry
from throughline.record.journey.models import Entry, EpisodeKind
from throughline.record.people.models import Person
from throughline.record.protection.models import Category, Conference, Enquiry, Plan, Stage


@one_act
def write_enquiry(
    *,
    by: User | None,
    person: Person,
    started_on: date,
    conference_due_on: date | None = None,
    conference_not_required: bool | None = None,
    follows: Entry | None = None,
    author_name: str = "",
) -> Enquiry:
    """Record an enquiry under section 47 that began on ``started_on``."""
    entry = write_entry(
        by=by,
        kind="enquiry",
        happened_on=started_on,
        summary=enquiry_words(conference_not_required),
        parts=[Part(person)],
        family=follows.family if follows else None,
        follows=follows,
        author_name=author_name,
        ahead=by is None,
    )
    return Enquiry.objects.create(
        entry=entry,
        person=person,
        conference_due_on=conference_due_on,
        conference_not_required=conference_not_required,
    )


def enquiry_words(conference_not_required: bool | None) -> str:
    """Return the line that a timeline shows for an enquiry."""
    return f"Section 47 enquiry{'; no conference was needed' if conference_not_required else ''}"


@one_act
def write_conference(
    *,
    by: User | None,
    person: Person,
    held_on: date,
    enquiry: Enquiry | None = None,
    reviewed: Plan | None = None,
    follows: Entry | None = None,
    author_name: str = "",
) -> Conference:
    """Record a conference: a review of the plan ``reviewed``, or else an initial one (after ``enquiry``, if any)."""
    stage = Stage.REVIEW if reviewed else Stage.INITIAL
    entry = write_entry(
        by=by,
        kind="protection_review" if reviewed else "conference",
        happened_on=held_on,
        summary=stage.label.capitalize(),
        parts=[Part(person)],
        family=follows.family if follows else None,
        follows=follows,
        author_name=author_name,
        ahead=by is None,
    )
    return Conference.objects.create(entry=entry, person=person, stage=stage, enquiry=enquiry, plan=reviewed)


@one_act
def write_plan(
    *,
    by: User | None,
    person: Person,
    started_on: date,
    ended_on: date | None = None,
    initial_category: str = "",
    latest_category: str = "",
    previous_plans: int | None = None,
    follows: Entry | None = None,
    author_name: str = "",
) -> Plan:
    """Record a child protection plan and the episode for which it held."""
    entry = write_entry(
        by=by,
        kind="protection_plan",
        happened_on=started_on,
        summary=plan_words(latest_category or initial_category),
        parts=[Part(person)],
        family=follows.family if follows else None,
        follows=follows,
        author_name=author_name,
        ahead=by is None,
    )
    return Plan.objects.create(
        entry=entry,
        person=person,
        episode=lasting(person, EpisodeKind.PROTECTION, started_on, ended_on, opened_by=entry),
        initial_category=initial_category,
        latest_category=latest_category,
        previous_plans=previous_plans,
    )


def plan_words(category: str) -> str:
    """Return the line that a timeline shows for a child protection plan."""
    return f"Child protection plan: {Category(category).label}" if category else "Child protection plan"
