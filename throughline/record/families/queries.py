"""Reads about families."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from throughline.record.families.models import Membership


def open_on(day: date) -> Q:
    """Return the condition that a dated row holds on ``day``; a missing date is open on that side."""
    return (Q(started_on__isnull=True) | Q(started_on__lte=day)) & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))


def seen_because_of(child_ids: QuerySet[Any]) -> QuerySet[Any]:
    """Return ids of the people seen because they are in a family with a child who is worked with."""
    today = open_on(timezone.localdate())
    families = Membership.objects.filter(today, person__in=child_ids).values("family")
    return Membership.objects.filter(today, family__in=families).values("person")
