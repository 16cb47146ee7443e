"""What a published return brings into the record goes out of it again."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from tests.readings.returns import SAMPLES, bring_in
from throughline.readings.census.exporting import export_cin

pytestmark = pytest.mark.django_db

# Every exception to "keeps every element", as in docs/reference/census-mapping.md: yes and no are written as the
# schema spells them.
SPELT = {"true": "1", "false": "0"}


def elements(content: bytes) -> dict[str, Counter[tuple[str, str]]]:
    """Every element inside each child, with its own text, by the child's number."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    for child in etree.fromstring(content).iter("Child"):
        number = child.findtext("ChildIdentifiers/LAchildID") or ""
        assert number not in found
        found[number] = Counter(
            (
                "/".join([*(one.tag for one in reversed(list(node.iterancestors()))), node.tag]),
                SPELT.get((node.text or "").strip(), (node.text or "").strip()),
            )
            for node in child.iter()
        )
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_published_return_keeps_every_element_through_the_record(shared: Path, name: str) -> None:
    path = shared / "cin" / name
    run = bring_in(path)
    assert run.layout_year is not None
    made = export_cin(by=None, year=run.layout_year)
    assert elements(made.content) == elements(path.read_bytes())
    assert made.children == run.children


@pytest.mark.parametrize("name", SAMPLES)
def test_a_published_return_keeps_every_element_for_the_year_that_its_header_states(shared: Path, name: str) -> None:
    path = shared / "cin" / name
    run = bring_in(path)
    assert run.year is not None
    assert elements(export_cin(by=None, year=run.year).content) == elements(path.read_bytes())
