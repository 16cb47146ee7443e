"""Whole returns made by hypothesis: any text that XML can hold, any number of anything."""

from collections.abc import Callable

import polars as pl
from hypothesis import strategies as st

from throughline.returns.cin import layout
from throughline.returns.cin.model import CinReturn, schema_of, year_of

_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n\r"),
    max_size=8,
)
_VALUE = st.one_of(st.none(), st.just(""), st.sampled_from(["2025-04-01", "1A", "<&>", " N1 ", "\r\n"]), _TEXT)


@st.composite
def cin_returns(draw: Callable[..., object]) -> CinReturn:
    """A return with up to three children, each with or without each module."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in layout.tables()}
    children = draw(st.integers(1, 3))
    assert isinstance(children, int)

    def fill(parent: str, keys: dict[str, object]) -> None:
        for table in layout.modules_of(parent):
            how_many = draw(st.integers(0, 2 if table.repeats else 1))
            assert isinstance(how_many, int)
            for number in range(1, how_many + 1):
                own = {**keys, table.key: number} if table.key else keys
                fields = {name: draw(_VALUE) for name in table.field_names if name != "LAchildID"}
                rows[table.name].append({**own, **fields})
                for listed in layout.lists_of(table.name):
                    blocks = draw(st.lists(st.lists(_TEXT, max_size=2), max_size=2))
                    assert isinstance(blocks, list)
                    for block, values in enumerate(blocks, 1):
                        for value in values or [None]:
                            rows[listed.name].append({**own, "block": block, listed.fields[0].name: value})
                fill(table.name, own)

    for child_row in range(1, children + 1):
        before = len(rows["ChildIdentifiers"])
        child_id = draw(st.one_of(st.none(), _TEXT))
        fill("Child", {"LAchildID": child_id, "child_row": child_row})
        if len(rows["ChildIdentifiers"]) == before:
            for table_rows in rows.values():
                for row in table_rows:
                    if row["child_row"] == child_row:
                        row["LAchildID"] = None
    tables = {name: pl.DataFrame(rows[name], schema=schema_of(table)) for name, table in layout.tables().items()}
    header = draw(
        st.dictionaries(st.sampled_from([n for n in layout.header_fields() if n not in ("Collection",)]), _TEXT)
    )
    assert isinstance(header, dict)
    header = {name: header[name] for name in layout.header_fields() if name in header}
    return CinReturn(header, tables, children, year_of(header, {}))
