"""Forbids going around core.access: no view, form, template tag or query fetches a child for itself.

In ``record``, ``web``, ``core`` and ``readings``: modules named views, forms, context, middleware, queries, pages and
those of templatetags may not use ``.objects``, ``._base_manager``, ``._default_manager`` or get_object_or_404 on a
model of the record. They start from ``core.access.reach`` or ``core.access.door``. A line may be excused with
``# access: why`` and the why is printed, so that excuses are few and read.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "throughline"
READERS = {"views", "forms", "context", "middleware", "queries", "pages", "recording", "search", "home", "picture"}
WAYS_ROUND = {"objects", "_base_manager", "_default_manager"}
FETCHERS = {"get_object_or_404", "get_list_or_404"}


def record_models() -> set[str]:
    """Return the names of every model class of the record's rooms."""
    names: set[str] = set()
    for path in (ROOT / "record").glob("*/models*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names |= {
            node.name
            for node in tree.body
            if isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(base) for base in node.bases)
        }
    return names | {"TimeFrame", "Document", "Draft"}


def faults(path: Path, models: set[str]) -> tuple[list[str], list[str]]:
    """Return the ways round found in one file, and the excuses given."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    found, excused = [], []
    for node in ast.walk(ast.parse(text)):
        named = None
        if isinstance(node, ast.Attribute) and node.attr in WAYS_ROUND and isinstance(node.value, ast.Name):
            named = node.value.id if node.value.id in models else None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FETCHERS:
            named = node.func.id
        if named is None:
            continue
        line = lines[node.lineno - 1]
        above = lines[node.lineno - 2] if node.lineno > 1 else ""
        where = f"{path.relative_to(ROOT.parent)}:{node.lineno}"
        reason = next((text.split("# access:", 1)[1].strip() for text in (line, above) if "# access:" in text), "")
        if reason:
            excused.append(f"{where}: {named}: {reason}")
        else:
            found.append(f"{where}: {named} is fetched around core.access: start from reach.people/visible or door")
    return found, excused


def main() -> int:
    """Check every reader; print what was found; return 1 when something goes around."""
    models = record_models()
    all_found: list[str] = []
    all_excused: list[str] = []
    for path in sorted(ROOT.rglob("*.py")):
        is_reader = path.stem in READERS or "templatetags" in path.parts or path.parent.name in READERS
        if is_reader and "returns" not in path.parts:
            found, excused = faults(path, models)
            all_found += found
            all_excused += excused
    for line in all_excused:
        print(f"excused  {line}")
    for line in all_found:
        print(line)
    return 1 if all_found else 0


if __name__ == "__main__":
    sys.exit(main())
