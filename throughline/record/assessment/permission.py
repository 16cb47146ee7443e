"""Whether the family agreed to a record going to an agency, said in a sentence (scenario S4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.record.assessment.models import Consent


@dataclass(frozen=True)
class Permission:
    """Whether sharing is agreed, and the sentence that says so. ``consent`` is None where nobody asked."""

    agreed: bool
    sentence: str
    consent: Consent | None = None


def folded(agency: str) -> str:
    """Return an agency's name so that "Health " and "health" are the same."""
    return " ".join(agency.casefold().split())


def permission(consents: Iterable[Consent], agency: str) -> Permission:
    """Return whether the answers that stand (``consents``, ended ones are passed over) allow sharing with ``agency``.

    What was not asked is not agreed.
    """
    standing = [one for one in consents if one.ended_on is None]
    found = next((one for one in standing if folded(one.agency) == folded(agency)), None)
    if found is None:
        return Permission(False, f"The family has not been asked about sharing with {agency.strip() or 'them'}.")
    day = f"{found.given_on.day} {found.given_on:%B %Y}"
    if found.permitted:
        return Permission(True, f"{found.given_by} agreed on {day} to sharing with {found.agency}.", found)
    return Permission(False, f"{found.given_by} did not agree on {day} to sharing with {found.agency}.", found)
