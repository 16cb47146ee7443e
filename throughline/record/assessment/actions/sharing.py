"""Who may read it: what the family agreed to, with whom it was talked through, who was given a copy."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.errors import Refused
from throughline.record.assessment.actions.held import child_ids, hold, may_write, needed, refuse, tell, tidy
from throughline.record.assessment.models import Answer, Assessment, Consent, Copy, Discussion, Distribution, Shared
from throughline.record.assessment.permission import folded, permission
from throughline.record.people.models import Person


@transaction.atomic
def allow(
    *,
    by: User,
    assessment: Assessment,
    agency: str,
    permitted: bool,
    given_by: str,
    given_on: date | None = None,
    words: str = "",
) -> Consent:
    """Record that the family agreed, or did not agree, to sharing with an agency. A later answer replaces this one."""
    held = hold(by, assessment)
    children = may_write(by, held, None)
    day = given_on or timezone.localdate()
    faults = needed(
        agency=(agency, "Say with whom: health, the school, housing."),
        given_by=(given_by, "Say who of the family answered."),
    )
    if day > timezone.localdate():
        faults["given_on"] = "The date is in the future. Enter the day on which they answered."
    refuse(faults)
    for earlier in held.consents.filter(ended_on__isnull=True):
        if folded(earlier.agency) == folded(agency):
            earlier.ended_on = day
            earlier.save(update_fields=["ended_on"])
    made = Consent.objects.create(
        assessment=held,
        agency=" ".join(agency.split())[:120],
        permitted=permitted,
        given_by=given_by.strip()[:200],
        given_on=day,
        words=tidy(words),
        recorded_by=by,
    )
    agreed = "agreed" if permitted else "did not agree"
    tell("assessment.consented", by, held, children, agreed=agreed, agency=made.agency)
    return made


@transaction.atomic
def withdraw(*, by: User, consent: Consent, on: date | None = None) -> None:
    """Record that the family withdrew what it had agreed to. From then on it counts as not agreed."""
    held = hold(by, consent.assessment)
    children = may_write(by, held, None)
    Consent.objects.filter(pk=consent.pk, ended_on__isnull=True).update(ended_on=on or timezone.localdate())
    tell("assessment.consent_withdrawn", by, held, children, agency=consent.agency)


@transaction.atomic
def discuss(
    *,
    by: User,
    assessment: Assessment,
    discussed: bool,
    on: date,
    person: Person | None = None,
    comments: str = "",
) -> Discussion:
    """Record whether it was talked through with a child (or, with no person, the parents); if not yet, for when.

    Can be recorded before and after sign-off. The latest answer stands; earlier ones stay.
    """
    held = hold(by, assessment)
    children = may_write(by, held, person)
    if person is not None and person.pk not in child_ids(held):
        raise Refused({"person": "Choose one of the children whom the record is about."})
    today = timezone.localdate()
    if discussed and on > today:
        raise Refused({"on": "The date is in the future. If it is still to come, answer no and say when."})
    if not discussed and on < today:
        raise Refused({"on": "That day has gone. Say on which day it will be talked through."})
    made = Discussion.objects.create(
        assessment=held, person=person, discussed=discussed, on=on, comments=tidy(comments), recorded_by=by
    )
    answer = "yes" if discussed else "not yet, planned"
    tell("assessment.discussed", by, held, children, answer=answer, on=on.isoformat())
    return made


@transaction.atomic
def give(
    *,
    by: User,
    assessment: Assessment,
    to: str,
    copy: str,
    given_on: date,
    person: Person | None = None,
    agency: str = "",
    without_consent_because: str = "",
) -> Distribution:
    """Record that a copy was given: to whom, which, when.

    To an agency (``agency`` named) only as far as the family agreed. Beyond that it takes a manager and the reason
    in law, and is counted as shared without consent. Raises Refused, PermissionDenied, NotFound.
    """
    held = hold(by, assessment)
    children = may_write(by, held, person)
    faults = needed(to=(to, "Say to whom it was given."))
    if given_on > timezone.localdate():
        faults["given_on"] = "The date is in the future. Record it once it has been given."
    if copy == Copy.CHILD and person is None:
        faults["person"] = "Say whose copy it was."
    agreed = permission(held.consents.all(), agency) if agency.strip() else None
    ground = without_consent_because.strip() if agreed and not agreed.agreed else ""
    if agreed and not agreed.agreed and not ground:
        faults["agency"] = (
            f"{agreed.sentence} Ask them, or have the manager record on what ground it is shared all the same."
        )
    refuse(faults)
    if ground:
        _require_decider(by, children)
    made = Distribution.objects.create(
        assessment=held,
        to=to.strip()[:200],
        person=person,
        copy=copy,
        agency=" ".join(agency.split())[:120],
        given_on=given_on,
        without_consent_because=ground,
        recorded_by=by,
    )
    verb = "assessment.given_without_consent" if ground else "assessment.given"
    tell(verb, by, held, children, copy=made.get_copy_display(), on=given_on.isoformat())
    return made


def _require_decider(by: User, children: list[int]) -> None:
    if reach.people(by, Action.DECIDE).filter(pk__in=children).count() < len(children):
        raise PermissionDenied("Sharing without the family's agreement is for the manager to decide and record.")


@transaction.atomic
def share_words(*, by: User, assessment: Assessment, section: str, child: Person, version: int, fit: bool) -> None:
    """Say that words which the family shares were read, and are fit (or not) for one child's own copy.

    ``version`` is that of the words that were read: if they have changed since, Refused.
    """
    held = hold(by, assessment)
    door.require(by, Action.RECORD, child.pk)
    if child.pk not in child_ids(held):
        raise door.NotFound
    if not fit:
        Shared.objects.filter(assessment=held, section=section, person=child).delete()
        return
    answer = Answer.objects.filter(assessment=held, section=section, person__isnull=True).first()
    if answer is None or answer.version != version:
        raise Refused("These words have changed since you read them. Read them again first.")
    Shared.objects.update_or_create(
        assessment=held,
        section=section,
        person=child,
        defaults={"answer_version": version, "read_by": by, "read_at": timezone.now()},
    )
    tell("assessment.shared_words", by, held, [child.pk], section=section)
