"""What the page shell needs on every page."""

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the shell's context."""
    return {}
