"""Triggers that refuse to change or remove what was written down."""

import pgtrigger


def append_only() -> list[pgtrigger.Trigger]:
    """Return the triggers that make a table append-only: no update, no delete, no truncate."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION 'this account is append-only: it cannot be emptied';",
        ),
    ]
