"""Which collection years a return is of, and what a contradiction in its header is called."""

from dataclasses import dataclass
from datetime import date

from throughline.returns.cin import layout
from throughline.returns.cin.model import CinReturn
from throughline.returns.common.errors import UnreadableReturn


@dataclass(frozen=True)
class Years:
    """``stated`` is the year that the return is taken to be of; ``all`` every year that it may be of."""

    stated: int
    all: tuple[int, ...]
    remarks: tuple[str, ...]


def years_of(returned: CinReturn) -> Years:
    """Return the years of a return and what does not fit.

    A header that contradicts itself does not stop an import: what came is kept for each year from the least to the
    greatest that it names. Raises UnreadableReturn for a year of which no layout is known.
    """
    stated = returned.stated_year
    remarks: list[str] = []
    first, last = layout.first_year(), layout.last_year()
    if stated is None:
        stated = returned.layout_year
        remarks.append(f"The header states no year. The return is taken to be of {stated}, by the items in it.")
    if not first <= stated <= last:
        raise UnreadableReturn(
            f"The header says that this is the return of {stated}. Throughline knows the layouts of {first} to {last}: "
            "check the year in the header, or bring in a return of those years. Nothing was brought in."
        )
    named = {stated, returned.layout_year}
    reference = _day(returned.header.get("ReferenceDate", ""))
    if reference is not None:
        named.add(reference.year)
        if reference != date(stated, 3, 31):
            remarks.append(
                f"The header states the year {stated} and the reference date {reference:%-d %B %Y}; the reference date "
                f"of {stated} is 31 March {stated}."
            )
    if returned.layout_year != stated:
        remarks.append(
            f"The header states the year {stated}, and items are in use that the layout of {stated} does not have "
            f"and that of {returned.layout_year} has."
        )
    known = [year for year in range(min(named), max(named) + 1) if first <= year <= last]
    return Years(stated, tuple(known), tuple(remarks))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
