"""Signed proof that a user looked for someone before creating them, and what they were shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing

from throughline.core.access.models import User
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.record.people import told  # noqa: F401  (registers audit sentences)
from throughline.record.people.sought import Sought, from_data

if TYPE_CHECKING:
    from throughline.record.people.search import Match

# Long enough to take a referral by telephone, too short to be kept for tomorrow.
LASTS = timedelta(hours=1)
_SALT = "throughline.record.people.receipt"


@dataclass(frozen=True)
class Receipt:
    """What a receipt proves: what was sought, and the ids of those who were shown."""

    sought: Sought
    shown: frozenset[int]


def receipt(user: User, sought: Sought, matches: Sequence["Match"]) -> str:
    """Return signed proof that ``user`` searched, and write the search to the account."""
    noted(user, sought, matches)
    data = {"by": user.pk, "sought": sought.as_data(), "shown": [match.person_id for match in matches]}
    return signing.dumps(data, salt=_SALT, compress=True)


def noted(user: User, sought: Sought, matches: Sequence["Match"]) -> None:
    """Write a search to the account: by what was looked, never for whom.

    Those shown whom the user may not open are named by number, so that browsing can be asked about.
    """
    account.record(
        "people.searched",
        by=user,
        ways=sought.ways(),
        found=len(matches),
        others=[match.person_id for match in matches if not match.reachable],
    )


def read(user: User, signed: str) -> Receipt:
    """Return what a receipt proves. Raises Refused when it is missing, forged, another's or too old."""
    try:
        data = signing.loads(signed, salt=_SALT, max_age=LASTS)
        if data["by"] != user.pk:
            raise signing.BadSignature("another user's")
        return Receipt(from_data(data["sought"]), frozenset(data["shown"]))
    except signing.SignatureExpired as problem:
        raise Refused(
            "You searched more than an hour ago, and others may have recorded this person since. Search once more; "
            "what you wrote is kept."
        ) from problem
    except (signing.BadSignature, KeyError, TypeError, ValueError) as problem:
        raise Refused("Search for the person first, so that nobody is recorded twice.") from problem
