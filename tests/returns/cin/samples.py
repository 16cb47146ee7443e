"""Small returns for tests, and where the published samples are."""

import os
from io import BytesIO
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("THROUGHLINE_SHARED", Path(__file__).parents[4] / "shared")) / "data" / "cin"

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


def sample(name: str) -> Path:
    """A published sample by file name; the test is skipped where the samples are not at hand."""
    path = SHARED / name
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is missing, and CI must have it")
        pytest.skip(f"{path} is not here; set THROUGHLINE_SHARED to the folder that holds data/")
    return path


def message(*children: str, year: int = 2026) -> BytesIO:
    """A whole file around the insides of Child elements."""
    inside = "".join(f"<Child>{child}</Child>\n" for child in children)
    return BytesIO(f"<Message>{HEADER.format(year=year)}\n<Children>\n{inside}</Children></Message>".encode())


def child(child_id: str = "A1", more: str = "", identifiers: str = "<Sex>F</Sex>") -> str:
    """The inside of one Child with a referral; ``more`` goes inside CINdetails."""
    return (
        f"<ChildIdentifiers><LAchildID>{child_id}</LAchildID>{identifiers}</ChildIdentifiers>"
        "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
        f"<CINdetails><CINreferralDate>2025-05-06</CINreferralDate><ReferralSource>1A</ReferralSource>{more}"
        "<ReferralNFA>0</ReferralNFA></CINdetails>"
    )
