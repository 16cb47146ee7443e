"""Names as people write, hear and misspell them: folding, sounds, search keys, and which one is shown."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import jellyfish

from throughline.record.people.models import Name, Person

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i", "æ": "ae", "Æ": "Ae",
     "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th"}
)  # fmt: skip
# Between parts of a name: hyphens of several kinds, and the stroke of "Smith/Jones".
_BETWEEN = re.compile(r"[-‐‑‒–—/]+")
_REPEATED = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """Return ``text`` lower-cased, without accents or punctuation, single-spaced; letters outside Latin are kept.

    >>> fold("Zoë  O'Néill-Smith")
    'zoe oneill smith'
    """
    decomposed = unicodedata.normalize("NFKD", _BETWEEN.sub(" ", text.translate(_PLAIN)))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
    kept = "".join(letter for letter in plain if letter.isalnum() or letter.isspace())
    return " ".join(kept.split())


def words(text: str) -> list[str]:
    """Return the folded words of ``text``; a name of signs alone (an emoji) is one word, as it stands.

    >>> words("Anne-Marie"), words("🌸")
    (['anne', 'marie'], ['🌸'])
    """
    bare = "".join(text.replace("\0", "").split())
    return fold(text.replace("\0", "")).split() or ([bare.casefold()] if bare else [])


def sound(word: str) -> str:
    """Return how the first word sounds (metaphone, in capitals), or "" where the alphabet has no such key.

    >>> sound("Catherine") == sound("Kathryn"), sound("Aaliyah") == sound("Aliyah"), sound("李")
    (True, True, '')
    """
    first = fold(word).split(" ")[0]
    if not first.isascii() or not first.isalpha():
        return ""
    return str(jellyfish.metaphone(_REPEATED.sub(r"\1", first)))


def whole(given: str, family: str) -> list[str]:
    """Return the name run together, family name first and last, where its script may write it without a space.

    >>> whole("小龙", "李"), whole("Ada", "Okafor")
    (['李小龙', '小龙李'], [])
    """
    first, last = "".join(words(given)), "".join(words(family))
    return [last + first, first + last] if first and last and not (first + last).isascii() else []


def keys(given: str, family: str) -> str:
    """Return every key by which a name is found: its words, compound names run together, and sounds.

    >>> keys("Zoë", "O'Neill-Smith")
    'oneill smith zoe oneillsmith ONLSM0 ONL SM0 S'
    """
    plain: list[str] = []
    joined: list[str] = []
    for part in (family, given):
        of_part = words(part)
        plain += of_part
        if len(of_part) > 1:
            joined.append("".join(of_part))
    sounds = [sound(word) for word in (*joined, *plain)]
    return " ".join(dict.fromkeys(key for key in (*plain, *joined, *whole(given, family), *sounds) if key))


def keyed(name: Name) -> Name:
    """Fill the search keys of an unsaved name and return it."""
    name.keys = keys(name.given, name.family)
    return name


def in_full(name: Name) -> str:
    """Return the name as it is read: given names, then family name."""
    return f"{name.given} {name.family}".strip()


def show(person: Person, name: Name) -> None:
    """Make ``name`` the one that the person is called by on screen, and save both."""
    person.names.filter(shown=True).exclude(pk=name.pk).update(shown=False)
    name.shown = True
    keyed(name).save()
    person.shown_name = in_full(name)
    person.save(update_fields=["shown_name"])


@cache
def _groups() -> dict[str, frozenset[str]]:
    raw = tomllib.loads((Path(__file__).parent / "short_names.toml").read_text(encoding="utf-8"))
    found: dict[str, frozenset[str]] = {}
    for group in raw["groups"]:
        for word in group:
            found[word] = found.get(word, frozenset()) | frozenset(group)
    return found


def alternatives(word: str) -> frozenset[str]:
    """Return the short, long and other written forms of a folded given name, without itself (short_names.toml).

    >>> "elizabeth" in alternatives("liz")
    True
    """
    return _groups().get(word, frozenset()) - {word}
