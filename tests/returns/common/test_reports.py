"""The four forms of a report."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from lxml import etree

from throughline.returns.common.reports import FORMATS, write_report
from throughline.returns.common.reports.groups import KEPT, by_child, spots
from throughline.returns.findings import Finding, Place, Report, Severity, Skipped


def finding(rule: str = "8500", child: str | None = "A1", row: int | None = 1, **more: object) -> Finding:
    return Finding(
        rule,
        Severity.QUERY if rule.endswith("Q") else Severity.ERROR,
        str(more.get("table", "ChildIdentifiers")),
        child,
        row,
        ("UPN", "UPNunknown"),
        str(more.get("message", "The value is wrong.")),
        str(more.get("action", "Mend it.")),
    )


def report(*findings: Finding, **more: object) -> Report:
    skipped = [Skipped("999", "needs postcodes"), Skipped("998", "needs postcodes")]
    return Report(
        collection="cin",
        ruleset="2025-26",
        children=332,
        run=109,
        findings=findings,
        skipped=skipped,
        notes=["A note."],
    )


def text(form: str, one: Report) -> str:
    out = io.StringIO()
    write_report(one, form, out)
    return out.getvalue()


HOSTILE = '<script>alert("x")</script>&'


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_without_findings_is_written_in_every_form(form: str) -> None:
    assert text(form, report())


def test_json_is_the_contract_and_nothing_more() -> None:
    one = report(finding(), finding("8525Q", None, None))
    assert json.loads(text("json", one)) == one.to_dict()


def test_csv_has_a_line_a_finding_and_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(text("csv", report(finding(), finding(child="=1+1", row=None))))))
    assert [row["child"] for row in rows] == ["A1", "'=1+1"]
    assert rows[0]["fields"] == "UPN UPNunknown"
    assert rows[1]["row"] == ""


def test_the_terminal_names_each_rule_once_with_the_first_places() -> None:
    shown = text("table", report(*(finding(child=f"A{n}", row=n) for n in range(1, 101)), finding("8525Q")))
    assert "332 children, 109 rules run, 100 errors and 1 query." in shown
    assert shown.count("8500  error  100 findings") == 1
    assert "A1 (row 1)" in shown
    assert "and 94 more" in shown
    assert "To do: Mend it." in shown
    assert "Note: A note." in shown
    assert "999, 998: needs postcodes" in shown


def test_the_terminal_says_when_nothing_was_found() -> None:
    assert "no findings" in text("table", report())


class Links(HTMLParser):
    """Collects what a page would fetch, and its ids."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]


def test_the_page_stands_alone_and_holds_no_script() -> None:
    page = text("html", report(finding(child=HOSTILE, message=HOSTILE, action=HOSTILE, table=HOSTILE)))
    links = Links()
    links.feed(page)
    assert links.fetched == []
    assert "script" not in links.tags
    assert "<script" not in page
    assert page.count("alert") == page.count("alert(&quot;x&quot;)")
    assert "url(" not in page


def test_the_page_has_findings_by_rule_by_what_to_do_and_by_child() -> None:
    many = [finding(), finding("8525Q", "A2", 2), finding("8525Q", "A1", 1), finding("8510", None, None)]
    page = text("html", report(*many))
    for heading in ("Where they gather", "By rule", "By what to do", "By child", "Rules that were not run"):
        assert re.search(rf"<h2[^>]*>{heading}</h2>", page)
    assert "<td>A1</td><td class=n>2</td><td>8500, 8525Q</td>" in page
    assert "(4 findings, 2 children)" in page


def test_a_page_says_which_other_rows_a_finding_is_about() -> None:
    one = Finding(
        "8820", Severity.ERROR, "CINdetails", "A1", 2, ("CINreferralDate",), "m.", "a.", (Place("CINdetails", 1, ()),)
    )
    assert "See also CINdetails row 1" in text("html", report(one))


def test_a_message_that_differs_from_row_to_row_is_given_as_an_example() -> None:
    many = (finding(message="On 1 June."), finding(message="On 2 June."))
    for form in ("table", "html"):
        assert "For example: On 1 June." in text(form, report(*many))
        assert "For example" not in text(form, report(many[0]))


def test_the_picture_has_its_numbers_as_a_table_and_in_words() -> None:
    page = text("html", report(finding(), finding("8525Q"), finding(table="CINdetails")))
    svg = etree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])
    assert "The fullest is ChildIdentifiers UPN with 2" in svg.get("aria-label", "")
    assert "<td>ChildIdentifiers</td><td>UPN</td><td class=n>1</td><td class=n>1</td>" in page


def test_very_many_findings_are_counted_in_full_and_shown_in_part() -> None:
    one = report(*(finding(child=f"A{n}", row=n) for n in range(1, 5001)))
    page = text("html", one)
    assert f"The first {KEPT:,} of 5,000 are shown" in page
    assert "and 4,800 more" in page
    assert "The first 2,000 of 5,000 children are shown" in page
    assert len(page) < 2_000_000


def test_children_and_fields_are_in_order_of_how_much_is_about_them() -> None:
    one = report(finding(), finding("8525Q"), finding(child="A2"), finding(child=None, table="CINdetails"))
    assert by_child(one) == {"A1": {"8500": 1, "8525Q": 1}, "A2": {"8500": 1}}
    assert [(spot.table, spot.field, spot.total) for spot in spots(one)][:2] == [
        ("ChildIdentifiers", "UPN", 3),
        ("ChildIdentifiers", "UPNunknown", 3),
    ]
