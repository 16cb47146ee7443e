"""The whole of an assessment, for actions that have passed the door (sign-off). Pages read through ``queries``."""

from django.utils import timezone

from throughline.core.practice import keeping
from throughline.record.assessment.around import open_now, parents_of
from throughline.record.assessment.contents import Contents, gather
from throughline.record.assessment.models import Assessment
from throughline.record.families.models import Membership, Relationship
from throughline.record.people.models import Disability, Person


def whole(assessment: Assessment) -> Contents:
    """Return everything that stands in the assessment, about all its children."""
    subjects = assessment.entry.subjects.select_related("person").order_by("pk")
    children: list[Person] = [one.person for one in subjects]
    ids = [child.pk for child in children]
    adults = parents_of(
        ids,
        Membership.objects.filter(open_now(), family=assessment.entry.family_id).select_related("person"),
        Relationship.objects.filter(open_now(), other__in=ids),
    )
    return gather(
        keeping.read(assessment.practice),
        children=children,
        adults=adults,
        answers=assessment.answers.all(),
        quotations=assessment.quotations.filter(withdrawn_at__isnull=True),
        challenges=assessment.challenges.all(),
        disabled=Disability.objects.filter(person__in=ids).exclude(code="NONE").values_list("person_id", flat=True),
        today=timezone.localdate(),
    )
