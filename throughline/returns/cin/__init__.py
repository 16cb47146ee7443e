"""The Children in Need census: its layout, its file in both directions, and its rules.

``read_cin`` and ``write_cin`` turn a file into tables and back, ``validate`` checks files, ``load_rules`` gives
a year's rules. "Year 2026" means the collection from 1 April 2025 to 31 March 2026. Names are imported
when they are first used, so that a command starts quickly.

Source: Department for Education, *Children in need census: guide for local authorities*, one for each
collection year.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from throughline.returns.cin.checking import check, validate
    from throughline.returns.cin.model import CinReturn, Unplaced
    from throughline.returns.cin.read import read_cin
    from throughline.returns.cin.read_tables import read_cin_tables
    from throughline.returns.cin.registry import load_rules
    from throughline.returns.cin.write import outside_layout, write_cin, write_cin_csv

__all__ = [
    "CinReturn",
    "Unplaced",
    "check",
    "load_rules",
    "outside_layout",
    "read_cin",
    "read_cin_tables",
    "validate",
    "write_cin",
    "write_cin_csv",
]

_HOMES = {
    "CinReturn": "model",
    "Unplaced": "model",
    "check": "checking",
    "load_rules": "registry",
    "outside_layout": "write",
    "read_cin": "read",
    "read_cin_tables": "read_tables",
    "validate": "checking",
    "write_cin": "write",
    "write_cin_csv": "write",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
