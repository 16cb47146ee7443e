"""Addresses as people write them: postcodes put in order, lines folded for finding."""

import re

from throughline.record.people.models import Address
from throughline.record.people.names import fold

_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?(\s*[0-9])?", re.IGNORECASE)


def postcode(text: str) -> str:
    """Return a postcode in capitals with its one space; anything else only trimmed and in capitals.

    >>> postcode("sw1a1aa"), postcode(" se1 ")
    ('SW1A 1AA', 'SE1')
    """
    bare = re.sub(r"\s+", "", text).upper()
    found = _POSTCODE.fullmatch(bare)
    return f"{found[1]} {found[2]}" if found else " ".join(text.upper().split())


def is_postcode(text: str) -> bool:
    """Return whether ``text`` is a whole postcode by its form."""
    return bool(_POSTCODE.fullmatch(re.sub(r"\s+", "", text)))


def is_outward(text: str) -> bool:
    """Return whether ``text`` could be the beginning of a postcode: its first half, perhaps with the next digit."""
    return bool(_OUTWARD.fullmatch(text.strip()))


def postcode_in(text: str) -> tuple[str, str]:
    """Return the first whole postcode within ``text``, and the text without it; ("", text) when there is none."""
    found = _POSTCODE.search(text)
    if found is None:
        return "", text
    return postcode(found[0]), " ".join((text[: found.start()] + " " + text[found.end() :]).split())


def folded(lines: str, code: str = "") -> str:
    """Return the first line of an address, then its postcode, folded: "12 mill lane sw1a1aa"."""
    first = next((line for line in lines.splitlines() if line.strip()), "")
    return f"{fold(first.replace(',', ' '))} {code.replace(' ', '').lower()}".strip()[:300]


def keyed(address: Address) -> Address:
    """Put the postcode in order and fill the search key of an unsaved address; return it."""
    address.postcode = postcode(address.postcode)[:10]
    address.folded = folded(address.lines, address.postcode)
    return address
