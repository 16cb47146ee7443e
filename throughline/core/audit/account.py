"""Adding to the account. Called inside the transaction of the act it tells of."""

from typing import TYPE_CHECKING, Any

from django.db import models

from throughline.core.audit import sentences
from throughline.core.audit.models import Event

if TYPE_CHECKING:
    from throughline.core.access.models import User


def record(
    verb: str,
    *,
    by: "User | None",
    person_id: int | None = None,
    subject: models.Model | None = None,
    **data: Any,
) -> Event:
    """Add one event.

    ``verb`` must have a sentence (core.audit.sentences); ``by`` is None for the system itself.
    ``data`` is what the sentence needs, JSON-serialisable: ids, codes, dates as ISO text. No names of
    children: the sentence finds who is meant, for those who may know.
    Raises LookupError for a verb that nothing turns into a sentence.
    """
    sentences.require(verb)
    return Event.objects.create(
        verb=verb,
        actor_id=by.pk if by else None,
        actor_label=str(by) if by else "Throughline",
        person_id=person_id,
        subject=f"{subject._meta.label_lower}:{subject.pk}" if subject is not None else "",
        data=data,
    )
