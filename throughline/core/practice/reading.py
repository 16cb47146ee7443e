"""Reading a practice model from TOML, and refusing a faulty one with what to mend."""

from collections.abc import Sequence
from dataclasses import MISSING, fields
from typing import Any

from throughline.core.authority import ConfigurationError
from throughline.core.practice import model as shape
from throughline.core.practice.model import Column, Condition, Part, PracticeModel, Section

_PEOPLE = ("unborn", "born", "disabled")
_SIGN_OFF = ("needs", "discussed_from_age")
_MEANINGS = ("", "section_47", "conference", "recommendation", "child_outcome", "child_views")


def model_from(raw: dict[str, Any], origin: str) -> PracticeModel:
    """Return the model that ``raw`` (parsed TOML) describes.

    ``origin`` is the file, for messages. Raises ConfigurationError that names the file, the place and the remedy;
    every fault found is told, not the first alone.
    """
    faults: list[str] = []
    parts = _parts(raw, faults)
    sections = tuple(_section(one, number, faults) for number, one in enumerate(_list(raw, "section", faults), 1))
    needs = _needs(raw, faults)
    known = {"code", "version", "title", "about", "source", "clock", "proposed_days", "sign_off", "part", "section"}
    faults += [f"{key} is not a setting of a practice model; take it out" for key in sorted(set(raw) - known)]
    for key in ("code", "version", "title", "source"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            faults.append(f'{key} is missing: add {key} = "…" at the top of the file')
    if not sections:
        faults.append("there are no sections: add at least one [[section]]")
    faults += _crossed(parts, sections)
    if not isinstance(raw.get("proposed_days", 0), int):
        faults.append("proposed_days is a number of working days, such as 25")
    if faults:
        raise ConfigurationError(f"{origin} cannot be used as a practice model: {'; '.join(faults)}.")
    return PracticeModel(
        code=raw["code"],
        version=raw["version"],
        title=raw["title"],
        about=str(raw.get("about", "")).strip(),
        source=raw["source"],
        parts=parts,
        sections=sections,
        sign_off=needs,
        discussed_from_age=int(raw.get("sign_off", {}).get("discussed_from_age", 0)) if needs else 0,
        clock=str(raw.get("clock", "")),
        proposed_days=int(raw.get("proposed_days", 0)),
        origin=origin,
    )


def _list(raw: dict[str, Any], key: str, faults: list[str]) -> list[dict[str, Any]]:
    found = raw.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        faults.append(f"{key} must be written as [[{key}]], once for each")
        return []
    return found


def _parts(raw: dict[str, Any], faults: list[str]) -> tuple[Part, ...]:
    made = []
    for number, one in enumerate(_list(raw, "part", faults), 1):
        if not one.get("code") or not one.get("title"):
            faults.append(f"part {number} needs a code and a title")
            continue
        made.append(Part(str(one["code"]), str(one["title"]), str(one.get("about", "")).strip()))
    return tuple(made)


def _needs(raw: dict[str, Any], faults: list[str]) -> tuple[str, ...]:
    sign_off = raw.get("sign_off", {})
    needs = tuple(sign_off.get("needs", ())) if isinstance(sign_off, dict) else ()
    unknown = [one for one in needs if one not in shape.SIGN_OFF_NEEDS]
    if unknown:
        faults.append(f"sign_off needs {', '.join(unknown)}, which is not known; {_known(shape.SIGN_OFF_NEEDS)}")
    elsewhere = sorted(set(sign_off) - {"needs", "discussed_from_age"}) if isinstance(sign_off, dict) else ["sign_off"]
    if elsewhere:
        faults.append(f"sign_off has {', '.join(elsewhere)}, which is not a setting; {_known(_SIGN_OFF)}")
    if not isinstance(sign_off, dict) or not isinstance(sign_off.get("discussed_from_age", 0), int):
        faults.append("discussed_from_age is an age in whole years, such as 4")
    return needs


def _section(raw: dict[str, Any], number: int, faults: list[str]) -> Section:
    code = str(raw.get("code", "")) or f"number {number}"
    mine: list[str] = []
    known = {one.name for one in fields(Section)}
    mine += [f"{key} is not a setting of a section; take it out or mend the spelling" for key in set(raw) - known]
    required = [one.name for one in fields(Section) if one.default is MISSING and one.default_factory is MISSING]
    mine += [f"{key} is missing" for key in required if not raw.get(key)]
    raw = _well_typed(raw, mine)
    for key, allowed in (("kind", shape.KINDS), ("per", shape.PERS), ("copies", shape.COPIES)):
        if key in raw and raw[key] not in allowed:
            mine.append(f"{key} is {raw[key]!r}; {_known(allowed)}")
    values = {key: value for key, value in raw.items() if key in known}
    if isinstance(raw.get("choices"), dict) and not all(isinstance(one, str) for one in raw["choices"].values()):
        mine.append('choices are texts: choices = { code = "words" }')
    values["relevant"] = tuple(_condition(one, mine) for one in raw.get("relevant", ()))
    values["columns"] = tuple(_column(one, mine) for one in raw.get("columns", ()))
    values["choices"] = tuple(raw["choices"].items()) if isinstance(raw.get("choices"), dict) else ()
    for key in ("prompts", "was"):
        values[key] = _texts(raw.get(key, ()), key, mine)
    for key in ("guidance", "why"):
        values[key] = str(raw.get(key, "")).strip()
    mine += _unfit(raw)
    faults += [f"section {code}: {fault}" for fault in mine]
    blank = {"code": code, "part": "", "title": code, "kind": "words"}
    return Section(**{**blank, **values})


_TEXTS = (
    "code",
    "part",
    "title",
    "kind",
    "per",
    "why",
    "guidance",
    "code_set",
    "reads",
    "family_title",
    "means",
    "copies",
)
_LISTS = ("prompts", "was", "relevant", "columns")


def _well_typed(raw: dict[str, Any], faults: list[str]) -> dict[str, Any]:
    """Return the settings whose values are of the type that they must be; a fault for each other."""
    kept = {}
    for key, value in raw.items():
        if key in _TEXTS and not isinstance(value, str):
            faults.append(f'{key} must be text: {key} = "…"')
        elif key in _LISTS and not isinstance(value, list):
            faults.append(f"{key} must be a list of {'texts' if key in ('prompts', 'was') else 'tables'}: {key} = […]")
        elif key == "essential" and not isinstance(value, bool):
            faults.append("essential is true or false, without quotation marks")
        elif key == "thin_below" and (not isinstance(value, int) or value < 0):
            faults.append("thin_below is a number of words")
        else:
            kept[key] = value
    return kept


def _unfit(raw: dict[str, Any]) -> list[str]:
    """Return what a section of this kind lacks."""
    kind, found = raw.get("kind"), []
    if kind == "table" and not raw.get("columns"):
        found.append("a table needs columns")
    if kind == "choice" and not isinstance(raw.get("choices"), dict):
        found.append('a choice needs choices, as choices = { code = "words" }')
    if kind == "codes" and not raw.get("code_set"):
        found.append("codes need the name of a code_set")
    if kind == "voice" and raw.get("per") != "child":
        found.append('a voice is one child\'s: add per = "child"')
    if kind == "reading" and raw.get("reads") not in shape.READINGS:
        found.append(f"reads is {raw.get('reads', 'missing')!r}; {_known(shape.READINGS)}")
    if kind == "reading" and raw.get("essential"):
        found.append("what is read from elsewhere cannot be essential here; take essential out")
    if raw.get("means", "") not in _MEANINGS:
        found.append(f"means is {raw['means']!r}; {_known(_MEANINGS[1:])}")
    return found


def _condition(raw: Any, faults: list[str]) -> Condition:
    if not isinstance(raw, dict):
        faults.append('a condition is written as { answer = "a_section", is = "yes" }')
        return Condition()
    values = {("equals" if key == "is" else key): value for key, value in raw.items()}
    ages = ("age_at_least", "age_at_most")
    wrong = [key for key, value in values.items() if not isinstance(value, int if key in ages else str)]
    if wrong:
        faults.append(
            f"a condition has a value for {', '.join(sorted(wrong))} that is not text, or not an age in years"
        )
        return Condition()
    unknown = sorted(set(values) - {one.name for one in fields(Condition)})
    if unknown:
        faults.append(f"a condition cannot ask {', '.join(unknown)}")
        return Condition()
    made = Condition(**values)
    if made.person and made.person not in _PEOPLE:
        faults.append(f"a condition asks whether a person is {made.person!r}; {_known(_PEOPLE)}")
    if made.answer and not made.equals:
        faults.append(f'the condition on {made.answer} needs is = "…"')
    if made == Condition():
        faults.append("a condition asks nothing")
    return made


def _column(raw: Any, faults: list[str]) -> Column:
    if not isinstance(raw, dict) or not raw.get("code") or not raw.get("title"):
        faults.append('a column is written as { code = "when", title = "When" }')
        return Column("", "")
    kind = raw.get("kind", "words")
    if kind not in ("words", "date", "choice"):
        faults.append(f"column {raw['code']} is of kind {kind!r}; {_known(('words', 'date', 'choice'))}")
    return Column(str(raw["code"]), str(raw["title"]), kind, _texts(raw.get("choices", []), "choices", faults))


def _texts(raw: Any, key: str, faults: list[str]) -> tuple[str, ...]:
    if not isinstance(raw, (list, tuple)) or not all(isinstance(one, str) for one in raw):
        faults.append(f'{key} must be a list of texts: {key} = ["…", "…"]')
        return ()
    return tuple(raw)


def _crossed(parts: Sequence[Part], sections: Sequence[Section]) -> list[str]:
    """Return the faults between one place and another: doubles, and names of what is not there."""
    found = []
    codes = [one.code for one in sections]
    found += [f"section {code} is there twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
    for one in sections:
        if one.part not in {part.code for part in parts}:
            found.append(f"section {one.code} belongs to part {one.part!r}, which is not there: add a [[part]]")
        for condition in one.relevant:
            if condition.answer and condition.answer not in codes:
                found.append(f"section {one.code} depends on section {condition.answer!r}, which is not there")
        if one.per == "family" and any(
            item.person or item.age_at_least is not None or item.age_at_most is not None for item in one.relevant
        ):
            found.append(f"section {one.code} is the family's, so it cannot depend on one person's age or birth")
    return found


def _known(values: Sequence[str]) -> str:
    return f"choose from {', '.join(values)}"
