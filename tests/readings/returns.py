"""Small returns to bring in, and the samples to bring in whole."""

from pathlib import Path

from throughline.core.access.models import User
from throughline.readings.census.importing import import_cin
from throughline.readings.models import ImportRun

SAMPLES = (
    "CIN2rows.xml",
    "CIN_Census_2021.xml",
    "CIN_Census_2024.xml",
    "CIN_Census_2026.xml",
    "CIN_header_issues_100.xml",
    "fake_CIN_data.xml",
)

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
    "<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>"
    "<Source><SourceLevel>L</SourceLevel><LEA>201</LEA></Source></Header>"
)


def a_return(*children: str, year: int = 2026) -> bytes:
    """A whole file around Child elements."""
    inside = "\n".join(children)
    return f"<Message>{HEADER.format(year=year)}\n<Children>\n{inside}\n</Children></Message>".encode()


def a_child(
    number: str = "A1",
    *,
    about: str = "<PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex>",
    cases: str | None = None,
    ethnicity: str = "<Ethnicity>WBRI</Ethnicity>",
) -> str:
    """One Child; ``about`` is what ChildIdentifiers holds besides the number, ``cases`` its CINdetails."""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{number}</LAchildID>{about}</ChildIdentifiers>\n"
        f"<ChildCharacteristics>{ethnicity}</ChildCharacteristics>\n{a_case() if cases is None else cases}</Child>"
    )


def a_case(
    *, referred: str = "2025-05-06", source: str = "1A", closed: str = "", more: str = "", nfa: str = "0"
) -> str:
    """One CINdetails, still open unless ``closed``; ``more`` is the modules inside it."""
    closure = f"<CINclosureDate>{closed}</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>" if closed else ""
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate><ReferralSource>{source}</ReferralSource>"
        f"<PrimaryNeedCode>N1</PrimaryNeedCode>{closure}{more}<ReferralNFA>{nfa}</ReferralNFA></CINdetails>"
    )


def bring_in(content: bytes | Path, *, by: User | None = None) -> ImportRun:
    """Bring a return into the record."""
    if isinstance(content, Path):
        return import_cin(by=by, name=content.name, content=content.read_bytes())
    return import_cin(by=by, name="return.xml", content=content)
