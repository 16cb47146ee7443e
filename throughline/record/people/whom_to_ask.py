"""Whom to ring about a record that one expects and does not see: the same words always, whatever the record holds."""

from throughline.core import authority


def whom_to_ask() -> str:
    """Return the standing line. It never depends on what was found, so it hints at nothing."""
    ours = authority.current()
    hours = f", or out of hours {ours.out_of_hours}" if ours.out_of_hours else ""
    return f"Ask the duty manager at the front door of {ours.name}{hours}."
