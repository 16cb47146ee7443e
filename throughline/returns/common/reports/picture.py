"""Where findings gather, drawn: a bar for each field with the most, errors then queries, with its table."""

from html import escape
from typing import TextIO

from throughline.returns.common.reports.groups import Spot, spots
from throughline.returns.findings import Report

BARS = 20
_ERROR, _QUERY = "#942514", "#5694ca"
_HEIGHT, _GAP, _LABEL, _WIDTH = 20, 8, 330, 900


def picture(report: Report, out: TextIO) -> None:
    """Write the picture and the table of the same numbers."""
    found = spots(report)
    shown = found[:BARS]
    most = max(spot.total for spot in shown)
    height = len(shown) * (_HEIGHT + _GAP) + 40
    what = (
        f"Bars of the {len(shown)} fields with the most findings. The fullest is {_name(shown[0])} with "
        f"{shown[0].total:,}. The table below has the same numbers."
    )
    out.write(
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(what)}" font-size="14" '
        'font-family="system-ui, sans-serif">\n'
        f'<rect x="{_LABEL}" y="2" width="14" height="14" fill="{_ERROR}"/><text x="{_LABEL + 20}" y="14">errors</text>'
        f'<rect x="{_LABEL + 90}" y="2" width="14" height="14" fill="{_QUERY}"/>'
        f'<text x="{_LABEL + 110}" y="14">queries</text>\n'
    )
    for place, spot in enumerate(shown):
        out.write(_bar(spot, 30 + place * (_HEIGHT + _GAP), (_WIDTH - _LABEL - 80) / most))
    out.write("</svg>\n")
    out.write(
        '<div class=wide tabindex=0 role=region aria-label="Findings by field">'
        "<table><caption>Findings by field. A finding about two fields counts at both.</caption>"
        "<thead><tr><th>Table</th><th>Field</th><th class=n>Errors</th><th class=n>Queries</th></tr></thead><tbody>\n"
    )
    for spot in found:
        out.write(
            f"<tr><td>{escape(spot.table)}</td><td>{escape(spot.field)}</td><td class=n>{spot.errors:,}</td>"
            f"<td class=n>{spot.queries:,}</td></tr>\n"
        )
    out.write("</tbody></table></div>\n")


def _name(spot: Spot) -> str:
    return f"{spot.table} {spot.field}".strip()


def _bar(spot: Spot, top: float, scale: float) -> str:
    errors, queries = spot.errors * scale, spot.queries * scale
    middle = top + _HEIGHT * 0.72
    name = _name(spot)
    label = name if len(name) <= 44 else name[:43] + "…"
    return (
        f'<text x="{_LABEL - 8}" y="{middle:.0f}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{_LABEL}" y="{top}" width="{errors:.1f}" height="{_HEIGHT}" fill="{_ERROR}"/>'
        f'<rect x="{_LABEL + errors:.1f}" y="{top}" width="{queries:.1f}" height="{_HEIGHT}" fill="{_QUERY}"/>'
        f'<text x="{_LABEL + errors + queries + 6:.1f}" y="{middle:.0f}">{spot.total:,}</text>\n'
    )
