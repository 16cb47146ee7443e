"""The report as one web page to send to a colleague: nothing beside the file is needed to read it.

No script and nothing fetched from elsewhere. Groups open with the browser's own ``details``.
"""

from html import escape
from typing import TextIO

from throughline.returns.common.reports import TITLES
from throughline.returns.common.reports.groups import KEPT, RuleGroup, by_child, by_rule
from throughline.returns.common.reports.picture import picture
from throughline.returns.common.reports.plain import count, in_short
from throughline.returns.findings import Finding, Report

CHILDREN_SHOWN = 2000
FIX_SHOWN = 200
"""How many ids are named for one thing to do."""

RELATED_SHOWN = 6

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #0b0c0c; background: #fff; margin: 0 auto;
  max-width: 64rem; padding: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; border-top: 2px solid #1d70b8; padding-top: 1rem; }
p.lead { font-size: 1.1rem; margin: 0 0 1rem; }
nav a { margin-right: 1.2rem; }
a { color: #1d70b8; }
details { border-bottom: 1px solid #b1b4b6; padding: .6rem 0; }
summary { cursor: pointer; }
summary:focus-visible, a:focus-visible { outline: 3px solid #fd0; outline-offset: 2px; }
summary b { display: inline-block; min-width: 5.5rem; }
.query { color: #505a5f; }
.error { color: #942514; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #b1b4b6; }
td.n, th.n { text-align: right; }
.do { border-left: 4px solid #1d70b8; padding-left: .8rem; }
div.wide { overflow-x: auto; }
svg { max-width: 100%; height: auto; }
@media print { details { break-inside: avoid; } }
"""


def write(report: Report, out: TextIO) -> None:
    """Write the page."""
    groups = by_rule(report)
    title = f"{TITLES[report.collection]}: findings by the rules of {report.ruleset}"
    out.write(
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    out.write(f'<h1>{escape(title)}</h1>\n<p class="lead">{escape(in_short(report, groups).capitalize())}</p>\n')
    for note in report.notes:
        out.write(f"<p>{escape(note)}</p>\n")
    if groups:
        out.write(
            '<nav aria-label="On this page"><a href="#where">Where they gather</a><a href="#rules">By rule</a>'
            '<a href="#fixes">By what to do</a><a href="#children">By child</a></nav>\n'
        )
        out.write('<h2 id="where">Where they gather</h2>\n')
        picture(report, out)
        out.write('<h2 id="rules">By rule</h2>\n')
        for group in groups:
            _rule(group, out)
        out.write('<h2 id="fixes">By what to do</h2>\n')
        _fixes(groups, out)
        out.write('<h2 id="children">By child</h2>\n')
        _children(report, out)
    _skipped(report, out)
    out.write("</main>\n</body>\n</html>\n")


def _rule(group: RuleGroup, out: TextIO) -> None:
    out.write(
        f'<details id="rule-{escape(group.code)}"><summary><b>{escape(group.code)}</b> '
        f'<span class="{group.severity}">{count(group.count, group.severity, _plural(group.severity))}</span> '
        f"in {escape(group.table)}: {escape(group.said)}</summary>\n"
        f'<p class="do">{escape(group.action)}</p>\n'
        '<div class=wide tabindex=0 role=region aria-label="Findings of this rule">'
        "<table><thead><tr><th>Child</th><th>Table</th><th class=n>Row</th><th>Fields</th><th>What is wrong</th></tr>"
        "</thead><tbody>\n"
    )
    for one in group.findings:
        out.write(_row(one))
    out.write("</tbody></table></div>\n")
    if group.count > KEPT:
        out.write(f"<p>The first {KEPT:,} of {group.count:,} are shown. The CSV form has all of them.</p>\n")
    out.write("</details>\n")


def _plural(severity: str) -> str:
    return "queries" if severity == "query" else "errors"


def _row(one: Finding) -> str:
    row = "" if one.row is None else one.row
    return (
        f"<tr><td>{escape(one.child or '')}</td><td>{escape(one.table)}</td><td class=n>{row}</td>"
        f"<td>{escape(', '.join(one.fields))}</td><td>{escape(one.message)}{_related(one)}</td></tr>\n"
    )


def _related(one: Finding) -> str:
    if not one.related:
        return ""
    places = [f"{place.table} row {place.row}" for place in one.related[:RELATED_SHOWN]]
    more = " …" if len(one.related) > RELATED_SHOWN else ""
    return f"<br><span class=query>See also {escape(', '.join(places))}{more}</span>"


def _fixes(groups: list[RuleGroup], out: TextIO) -> None:
    """What a worker has to do, once for each sentence, with the children it is to be done for."""
    fixes: dict[str, dict[str, None]] = {}
    rules: dict[str, list[str]] = {}
    totals: dict[str, int] = {}
    for group in groups:
        fixes.setdefault(group.action, {}).update(dict.fromkeys(group.children))
        rules.setdefault(group.action, []).append(group.code)
        totals[group.action] = totals.get(group.action, 0) + group.count
    for action, total in sorted(totals.items(), key=lambda fix: -fix[1]):
        children = list(fixes[action])
        out.write(
            f"<details><summary>{escape(action)} <span class=query>({count(total, 'finding')}, "
            f"{count(len(children), 'child', 'children')})</span></summary>\n"
            f"<p>Rules: {escape(', '.join(rules[action]))}</p>\n"
        )
        if children:
            more = f" and {len(children) - FIX_SHOWN:,} more" if len(children) > FIX_SHOWN else ""
            out.write(f"<p>Children: {escape(', '.join(children[:FIX_SHOWN]))}{more}</p>\n")
        out.write("</details>\n")


def _children(report: Report, out: TextIO) -> None:
    children = by_child(report)
    out.write(
        "<table><caption>Children with findings, the most first</caption>"
        "<thead><tr><th>Child</th><th class=n>Findings</th><th>Rules</th></tr></thead><tbody>\n"
    )
    for child, rules in list(children.items())[:CHILDREN_SHOWN]:
        named = ", ".join(f"{code} × {number}" if number > 1 else code for code, number in rules.items())
        total = sum(rules.values())
        out.write(f"<tr><td>{escape(child)}</td><td class=n>{total:,}</td><td>{escape(named)}</td></tr>\n")
    out.write("</tbody></table>\n")
    if len(children) > CHILDREN_SHOWN:
        out.write(
            f"<p>The first {CHILDREN_SHOWN:,} of {len(children):,} children are shown. The CSV form has all.</p>\n"
        )


def _skipped(report: Report, out: TextIO) -> None:
    if not report.skipped:
        return
    out.write("<h2>Rules that were not run</h2>\n<table><thead><tr><th>Rule</th><th>Why</th></tr></thead><tbody>\n")
    for one in report.skipped:
        out.write(f"<tr><td>{escape(one.rule)}</td><td>{escape(one.reason)}</td></tr>\n")
    out.write("</tbody></table>\n")
