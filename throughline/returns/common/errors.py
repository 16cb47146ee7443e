"""What reading or writing a return refuses, in sentences that say what to do."""

from typing import Any


class UnreadableReturn(Exception):
    """A file is not a return that can be read.

    ``line`` is where reading stopped (1-based) if that is known. ``partial`` holds what was read
    before the break (a ``CinReturn`` or its like) or None, so that nothing read is lost.
    """

    def __init__(self, message: str, *, line: int | None = None, partial: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.partial = partial


class UnwritableReturn(Exception):
    """Tables cannot be written as a return: the sentence says which value and why."""
