"""Writes a large made-up Children in Need return with every module: the same bytes for the same numbers."""

import random
from pathlib import Path

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<Message>
  <Header>
    <CollectionDetails>
      <Collection>CIN</Collection>
      <Year>2025</Year>
      <ReferenceDate>2025-03-31</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel>
      <LEA>330</LEA>
      <SoftwareCode>made up</SoftwareCode>
      <Release>1</Release>
      <SerialNo>001</SerialNo>
      <DateTime>2025-05-01T09:00:00</DateTime>
    </Source>
  </Header>
  <Children>
"""
ETHNICITIES = ("WBRI", "WOTH", "APKN", "BAFR", "MOTH", "NOBT", "XXXX")
DISABILITIES = ("NONE", "MOB", "LD", "HEAR", "AUT", "BEH", "COMM", "VIS", "CON")
FACTORS = ("1A", "2B", "3B", "4A", "4B", "10A", "16A", "17A", "18A", "21")
SOURCES = ("1A", "2A", "3A", "5A", "6", "8", "10")
CATEGORIES = ("NEG", "PHY", "SAB", "EMO", "MUL")


def make(path: Path, children: int, seed: int = 1) -> int:
    """Write the file; its size in bytes. Most children are sound, and faults of many kinds are strewn in."""
    chance = random.Random(seed)  # made-up children, not secrets
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for number in range(children):
            file.write("".join(_child(chance, number)))
        file.write("  </Children>\n</Message>\n")
    return path.stat().st_size


def _day(chance: random.Random, first: int = 0, last: int = 364) -> str:
    """A day of the census year, by its number; a few fall outside."""
    import datetime

    offset = chance.randint(first, last) + (chance.choice((-400, 400)) if chance.random() < 0.02 else 0)
    return (datetime.date(2024, 4, 1) + datetime.timedelta(days=offset)).isoformat()


def _leaf(out: list[str], pad: int, name: str, value: str) -> None:
    out.append(f"{' ' * pad}<{name}>{value}</{name}>\n")


def _child(chance: random.Random, number: int) -> list[str]:
    out = ["    <Child>\n      <ChildIdentifiers>\n"]
    _leaf(out, 8, "LAchildID", f"child{number}")
    digits = "".join(chance.choice("0123456789") for _ in range(9))
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    rest = "330" + digits
    right = letters[sum(place * int(one) for place, one in enumerate(rest, 2)) % 23]
    _leaf(out, 8, "UPN", (right if chance.random() > 0.02 else chance.choice(letters)) + rest)
    _leaf(
        out, 8, "PersonBirthDate", f"{chance.randint(2007, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    )
    _leaf(out, 8, "Sex", chance.choice("MFMFMFMFMFMFMFMFMFMFMFMFMFMFMFU"))
    out.append("      </ChildIdentifiers>\n      <ChildCharacteristics>\n")
    _leaf(out, 8, "Ethnicity", chance.choice(ETHNICITIES))
    out.append("        <Disabilities>\n")
    for code in chance.sample(DISABILITIES, chance.choice((1, 1, 2))):
        _leaf(out, 10, "Disability", code)
    out.append("        </Disabilities>\n      </ChildCharacteristics>\n")
    for _ in range(chance.choice((1, 1, 2))):
        _episode(chance, out)
    out.append("    </Child>\n")
    return out


def _episode(chance: random.Random, out: list[str]) -> None:
    out.append("      <CINdetails>\n")
    _leaf(out, 8, "CINreferralDate", _day(chance, 0, 60))
    _leaf(out, 8, "ReferralSource", chance.choice(SOURCES))
    _leaf(out, 8, "PrimaryNeedCode", f"N{chance.randint(0, 9)}")
    if chance.random() < 0.4:
        _leaf(out, 8, "CINclosureDate", _day(chance, 300, 364))
        _leaf(out, 8, "ReasonForClosure", chance.choice(("RC1", "RC7", "RC7", "RC8")))
    for place in range(chance.choice((1, 1, 2))):
        out.append("        <Assessments>\n")
        _leaf(out, 10, "AssessmentActualStartDate", _day(chance, 61 + place * 100, 100 + place * 100))
        _leaf(out, 10, "AssessmentInternalReviewDate", _day(chance, 90 + place * 100, 100 + place * 100))
        if chance.random() < 0.9:
            _leaf(out, 10, "AssessmentAuthorisationDate", _day(chance, 101 + place * 100, 150 + place * 100))
            out.append("          <FactorsIdentifiedAtAssessment>\n")
            for code in chance.sample(FACTORS, chance.randint(1, 3)):
                _leaf(out, 12, "AssessmentFactors", code)
            out.append("          </FactorsIdentifiedAtAssessment>\n")
        out.append("        </Assessments>\n")
    if chance.random() < 0.7:
        out.append("        <CINPlanDates>\n")
        _leaf(out, 10, "CINPlanStartDate", _day(chance, 151, 180))
        _leaf(out, 10, "CINPlanEndDate", _day(chance, 181, 299))
        out.append("        </CINPlanDates>\n")
    conference = _day(chance, 200, 205)
    out.append("        <Section47>\n")
    _leaf(out, 10, "S47ActualStartDate", _day(chance, 180, 199))
    _leaf(out, 10, "InitialCPCtarget", _day(chance, 200, 215))
    _leaf(out, 10, "DateOfInitialCPC", conference)
    _leaf(out, 10, "ICPCnotRequired", chance.choice(("0", "false", "0", "1")))
    out.append("        </Section47>\n")
    _leaf(out, 8, "ReferralNFA", chance.choice(("0", "false", "0", "0", "0", "1")))
    out.append("        <ChildProtectionPlans>\n")
    _leaf(out, 10, "CPPstartDate", conference if chance.random() < 0.95 else _day(chance, 200, 220))
    if chance.random() < 0.5:
        _leaf(out, 10, "CPPendDate", _day(chance, 260, 299))
    _leaf(out, 10, "InitialCategoryOfAbuse", chance.choice(CATEGORIES))
    _leaf(out, 10, "LatestCategoryOfAbuse", chance.choice(CATEGORIES))
    _leaf(out, 10, "NumberOfPreviousCPP", str(chance.randint(0, 3)))
    for _ in range(chance.randint(1, 2)):
        # One wrapping element a review, as most systems write it.
        out.append("          <Reviews>\n")
        _leaf(out, 12, "CPPreviewDate", _day(chance, 221, 259))
        out.append("          </Reviews>\n")
    out.append("        </ChildProtectionPlans>\n      </CINdetails>\n")
