"""What a practice model is, as plain values. Read from TOML by ``reading``, found by ``library``."""

from dataclasses import dataclass, field
from typing import Literal

Per = Literal["family", "child", "adult"]
Kind = Literal["words", "table", "choice", "yes_no", "date", "codes", "voice", "challenge", "reading"]

KINDS: tuple[str, ...] = ("words", "table", "choice", "yes_no", "date", "codes", "voice", "challenge", "reading")
COPIES: tuple[str, ...] = ("both", "family", "child")
PERS: tuple[str, ...] = ("family", "child", "adult")
# What may be read from elsewhere in the record rather than written again.
READINGS: tuple[str, ...] = (
    "children", "household", "addresses", "professionals", "relationships", "time_frame", "plans", "sign_offs",
)  # fmt: skip
# Who must have acted before a record is signed off. A template chooses from these.
SIGN_OFF_NEEDS: tuple[str, ...] = (
    "essential_sections", "worker", "manager", "discussed_with_each_child", "discussed_with_parents",
)  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """One thing that must hold for a section to be relevant. Exactly one of the four is asked.

    ``answer`` (a section's code) and ``equals``; ``person`` ("unborn", "born", "disabled"); ages in whole years.
    """

    answer: str = ""
    equals: str = ""
    person: str = ""
    age_at_least: int | None = None
    age_at_most: int | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table: its code, its title, whether it holds a date, and what may be chosen."""

    code: str
    title: str
    kind: Literal["words", "date", "choice"] = "words"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One heading of the document, and what belongs under it."""

    code: str
    part: str
    title: str
    kind: Kind
    per: Per = "family"
    # Why this is asked and who uses it (principle 10).
    why: str = ""
    guidance: str = ""
    prompts: tuple[str, ...] = ()
    relevant: tuple[Condition, ...] = ()
    # Without it the record cannot be signed off. Nothing else ever blocks.
    essential: bool = False
    # Fewer words than this are called thin in the margin; 0 never.
    thin_below: int = 0
    columns: tuple[Column, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    code_set: str = ""
    reads: str = ""
    # Codes that this section had in earlier versions, so that words find their place.
    was: tuple[str, ...] = ()
    # The heading in the copy that the family reads; empty leaves the section out of it.
    family_title: str = ""
    # Who reads it in their copy. A child's own words go to the child alone unless an authority decides otherwise;
    # what the family shares is in a child's copy only once someone has read it for that child.
    copies: Literal["both", "family", "child"] = "both"
    # What the answer means to the rest of the record: "section_47", "conference", "recommendation", "child_outcome".
    means: str = ""

    @property
    def label(self) -> str:
        """The title as a person would say it in a sentence."""
        return f"“{self.title}”"


@dataclass(frozen=True)
class Part:
    """A chapter of the document."""

    code: str
    title: str
    about: str = ""


@dataclass(frozen=True)
class PracticeModel:
    """A template for a piece of work, at one version."""

    code: str
    version: str
    title: str
    about: str
    source: str
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    sign_off: tuple[str, ...] = ()
    # From which age, in years, a child is expected to have had it talked through with them.
    discussed_from_age: int = 0
    # The rule of core.clocks that starts with the work where it is statutory; "" for none.
    clock: str = ""
    # Working days that are proposed as the agreed time frame; people decide.
    proposed_days: int = 0
    # Where it was read from, for messages; not part of what it says.
    origin: str = field(default="", compare=False)

    def section(self, code: str) -> Section:
        """Return the section with this code; raises LookupError."""
        for one in self.sections:
            if one.code == code:
                return one
        raise LookupError(f"{self.title} has no section {code!r}")

    def has(self, code: str) -> bool:
        """Return whether there is a section with this code."""
        return any(one.code == code for one in self.sections)

    def of_part(self, code: str) -> tuple[Section, ...]:
        """Return the sections of one part, in order."""
        return tuple(one for one in self.sections if one.part == code)

    def meaning(self, means: str) -> Section | None:
        """Return the section whose answer has this meaning, if there is one."""
        return next((one for one in self.sections if one.means == means), None)
