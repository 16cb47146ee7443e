"""Each verb registers the sentence that its events become.

A room declares its sentences beside its actions::

    sentences.register("visits.recorded", "recorded a visit on {on}")

The actor's name, a time and a full stop are put round it by ``tell``. A callable may stand in for the text.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from throughline.core.audit.models import Event

Sentence = str | Callable[[Event], str]
_SENTENCES: dict[str, Sentence] = {}


class _Said(dict[str, Any]):
    """Missing words are shown as missing rather than breaking the whole account."""

    def __missing__(self, key: str) -> str:
        return "(not recorded)"


def register(verb: str, sentence: Sentence) -> None:
    """Give ``verb`` its sentence. Registering another sentence for the same verb raises ValueError."""
    known = _SENTENCES.get(verb)
    if known is not None and known != sentence and isinstance(sentence, str):
        raise ValueError(f"{verb} already has a sentence")
    _SENTENCES[verb] = sentence


def require(verb: str) -> None:
    """Raise LookupError unless ``verb`` has a sentence."""
    if verb not in _SENTENCES:
        raise LookupError(f"No sentence is registered for the audit verb {verb!r}")


def known() -> frozenset[str]:
    """Return every registered verb."""
    return frozenset(_SENTENCES)


def tell(event: Event) -> str:
    """Return the event as a sentence: "Ruth Bell recorded a visit on 3 March 2026."."""
    sentence = _SENTENCES.get(event.verb, "did something that this version has no words for")
    words = sentence(event) if callable(sentence) else sentence.format_map(_Said(_readable(event.data)))
    # A reason that someone typed as a sentence brings its own full stop.
    return f"{event.actor_label or 'Someone'} {words.rstrip(' .')}."


def _readable(data: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in data.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return value
        return f"{day.day} {day:%B %Y}"
    if isinstance(value, list):
        return ", ".join(str(_value(item)) for item in value)
    return value
