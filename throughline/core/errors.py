"""Refusals that a person reads: each says what is wrong and what to do."""

from collections.abc import Mapping


class Refused(Exception):
    """An action was refused for what it was given; nothing was written.

    ``messages`` maps a field's name to one sentence; the key "" is for the act as a whole.
    """

    def __init__(self, messages: Mapping[str, str] | str) -> None:
        self.messages: dict[str, str] = {"": messages} if isinstance(messages, str) else dict(messages)
        super().__init__(" ".join(self.messages.values()))


class EditConflict(Exception):
    """Someone else saved the same thing meanwhile. Nothing was written; both versions are to be shown.

    ``theirs`` maps field names to what is saved now.
    """

    def __init__(self, theirs: Mapping[str, object]) -> None:
        self.theirs = dict(theirs)
        super().__init__("This was changed by someone else while you were writing.")
