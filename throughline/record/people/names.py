"""Names as people write, hear and misspell them: folding, sounds, and which one is shown."""

import re
import unicodedata

import jellyfish

from throughline.record.people.models import Name, Person

_NOT_LETTERS = re.compile(r"[^a-z0-9 ]+")


def fold(text: str) -> str:
    """Return ``text`` lower-cased, without accents or punctuation, single-spaced; letters outside Latin are kept.

    >>> fold("Zoë  O'Néill-Smith")
    'zoe oneill smith'
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("-", " "))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
    kept = "".join(letter for letter in plain if letter.isalnum() or letter.isspace())
    return " ".join(kept.split())


def sound(text: str) -> str:
    """Return a phonetic key (metaphone) of the first word, or its folded text where the alphabet has none.

    >>> sound("Catherine") == sound("Kathryn")
    True
    """
    folded = fold(text)
    if not folded:
        return ""
    first = folded.split()[0]
    key = jellyfish.metaphone(_NOT_LETTERS.sub("", first)) if first.isascii() else ""
    return (key or folded)[:60]


def keyed(name: Name) -> Name:
    """Fill the search keys of an unsaved name and return it."""
    name.folded = fold(f"{name.family} {name.given}")[:260]
    name.given_sound = sound(name.given)
    name.family_sound = sound(name.family)
    return name


def in_full(name: Name) -> str:
    """Return the name as it is read: given names, then family name."""
    return f"{name.given} {name.family}".strip()


def show(person: Person, name: Name) -> None:
    """Make ``name`` the one that the person is called by on screen, and save both."""
    person.names.filter(shown=True).exclude(pk=name.pk).update(shown=False)
    name.shown = True
    keyed(name).save()
    person.shown_name = in_full(name)[:200]
    person.save(update_fields=["shown_name"])
