"""Reading the environment: a wrong value says which, and what may be chosen."""

import os

from django.core.exceptions import ImproperlyConfigured


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """Return the value of an environment variable that has a few allowed ones; raises ImproperlyConfigured."""
    given = os.environ.get(name, default)
    if given not in allowed:
        raise ImproperlyConfigured(f"{name} is {given!r}. Choose one of: {', '.join(allowed)}.")
    return given
