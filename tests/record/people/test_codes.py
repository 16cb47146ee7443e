"""Our national code sets against the schemas of the census: none missing, none made up."""

import re
from pathlib import Path

import pytest

from throughline.core.codes import code_set

# Each set, its type in the schema, and codes that only earlier layouts had.
SETS = [
    ("sex", "sextype", {"I"}),
    ("ethnicity", "ethnicitytype", set()),
    ("disability", "disabilitytype", set()),
    ("referral_source", "referralsourcetype", set()),
    ("primary_need", "primaryneedcodetype", set()),
    ("closure_reason", "reasonforclosuretype", set()),
    ("category_of_abuse", "categoryofabusetype", set()),
    ("upn_unknown", "unknownupntype", set()),
    ("assessment_factor", "assessmentfactorstype", set()),
]


@pytest.mark.parametrize(("name", "kind", "earlier"), SETS)
def test_a_code_set_holds_the_codes_of_the_census_and_no_others(
    name: str, kind: str, earlier: set[str], shared: Path
) -> None:
    schema = (shared / "cin" / "schema" / "CIN_schema_2026.xsd").read_text(encoding="utf-8")
    begins = schema.index(f'simpleType name="{kind}"')
    codes = re.findall(r'enumeration value="([^"]+)"', schema[begins : schema.index("</xs:simpleType>", begins)])
    assert set(code_set(name).codes) == set(codes) | earlier
    assert all(code_set(name).codes.values())
    assert code_set(name).citation
