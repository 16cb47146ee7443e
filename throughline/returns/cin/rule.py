"""How a rule of the Children in Need census is written.

A rule is a small function from ``Data`` to a frame. Each row of the frame is a place that breaks the
rule: a column named as a table holds the row number in that table, and with "_other" after the name,
the row of the same table that it conflicts with. Findings are placed in the first of the rule's tables
that the frame has; a rule that places some elsewhere gives a list of frames. A fault of the return as
a whole is a frame without such a column and with at least one row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from throughline.returns.cin import layout
from throughline.returns.findings import RuleInfo, Severity

if TYPE_CHECKING:
    import polars as pl

    from throughline.returns.cin.data import Data

Check = Callable[["Data"], "pl.DataFrame | list[pl.DataFrame]"]


@dataclass(frozen=True, kw_only=True)
class Rule(RuleInfo):
    """A rule of the census with its function."""

    check: Check


def rule(
    code: str,
    fields: Mapping[str, tuple[str, ...]],
    message: str,
    action: str,
    source: str | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function. A code that ends in Q is a query, as in the published list.

    ``fields`` maps tables to fields, the table that findings are placed in first. ``source`` cites
    where the rule comes from; without it, the department's list of validation rules.
    """

    def made(check: Check) -> Rule:
        return Rule(
            code=code,
            severity=Severity.QUERY if code.endswith("Q") else Severity.ERROR,
            fields=fields,
            citation=source or _published(code, fields),
            message=message,
            action=action,
            ours=source is not None,
            check=check,
        )

    return made


def _published(code: str, fields: Mapping[str, tuple[str, ...]]) -> str:
    items = dict.fromkeys(item for table, names in fields.items() for name in names if (item := _item(table, name)))
    named = f" ({', '.join(items)})" if items else ""
    return f"Department for Education, children in need census, validation rules: rule {code}{named}"


def _item(table: str, name: str) -> str | None:
    if table == "Header":
        return next((field.item for part in layout.header() for field in part.fields if field.name == name), None)
    names = layout.tables()[table]
    if name == "AssessmentFactors" and table == "Assessments":
        return layout.tables()["AssessmentFactors"].fields[0].item
    return names.field(name).item if name in names.field_names else None
