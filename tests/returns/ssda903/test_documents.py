"""What the reference page says of tables and rulesets is so."""

import re
from pathlib import Path

from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.registry import load_rules

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "returns-ssda903.md"


def test_the_page_has_every_table_and_field() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for table in layout.tables().values():
        line = next(one for one in text.splitlines() if one.startswith(f"| `{table.name}`"))
        assert re.findall(r"`([A-Z_0-9]+)`", line.split("|")[3]) == list(table.columns)
        assert f"`{table.file}.csv`" in line


def test_the_page_counts_the_rules_of_every_year() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for ruleset, count in re.findall(r"^\| (20\d\d-\d\d) \| (\d+) \|", text, re.MULTILINE):
        assert sum(not rule.ours for rule in load_rules(ruleset).values()) == int(count)


def test_the_page_explains_every_check_of_our_own() -> None:
    text = PAGE.read_text(encoding="utf-8")
    source = "".join(one.read_text(encoding="utf-8") for one in Path(layout.__file__).parent.rglob("*.py"))
    codes = set(re.findall(r'"(TL-[A-Z]+)"', source))
    assert codes
    assert {code for code in codes if f"`{code}`" not in text} == set()
