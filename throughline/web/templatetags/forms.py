"""Form fields in GOV.UK's markup: labels, hints, why we ask, errors that screen readers find."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from throughline.core.forms import DateWidget

register = template.Library()


@register.simple_tag
def field(bound: BoundField, size: str = "s") -> SafeString | str:
    """Return one field. ``size`` is that of its label: "s", "m", "l", or "" for plain. A hidden field is nothing."""
    if not isinstance(bound, BoundField) or bound.is_hidden:
        return ""
    kind = _kind(bound.field.widget)
    form = bound.form
    context = {
        "bound": bound,
        "field": bound.field,
        "id": bound.auto_id,
        "kind": kind,
        "size": size,
        "why": form.why_of(bound.name) if hasattr(form, "why_of") else "",
        "optional": not bound.field.required and kind not in ("check", "checks"),
        "described": _described(bound),
    }
    if kind in ("radios", "checks"):
        context["options"] = _options(bound)
    else:
        context["control"] = _control(bound, kind)
    return render_to_string("web/forms/field.html", context)


@register.simple_tag
def fields(form: forms.Form, size: str = "s") -> SafeString:
    """Return every visible field of a form, in order."""
    return SafeString("".join(str(field(bound, size)) for bound in form.visible_fields()))


@register.inclusion_tag("web/forms/error_summary.html")
def error_summary(form: forms.Form, title: str = "Nothing is lost. Before this can be saved:") -> dict[str, Any]:
    """Return the list of what stands in the way, each leading to its field; nothing when nothing does."""
    faults: list[dict[str, str]] = [{"text": str(one), "href": ""} for one in form.non_field_errors()]
    if form.is_bound:
        for bound in form:
            faults += [{"text": str(one), "href": f"#{_first_id(bound)}"} for one in bound.errors]
    return {"faults": faults, "title": title}


def _kind(widget: forms.Widget) -> str:
    kinds: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
        (DateWidget, "date"),
        (forms.CheckboxSelectMultiple, "checks"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "check"),
        ((forms.Select, forms.SelectMultiple), "select"),
        (forms.Textarea, "words"),
        (forms.FileInput, "file"),
    )
    return next((name for kind, name in kinds if isinstance(widget, kind)), "text")


_CLASSES = {
    "text": "govuk-input",
    "words": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "check": "govuk-checkboxes__input",
    "date": "",
}
# Boxes no wider than what belongs in them.
_WIDTHS = {forms.TimeField: " govuk-input--width-5", forms.IntegerField: " govuk-input--width-5"}


def _control(bound: BoundField, kind: str) -> SafeString:
    wrong = bound.form.is_bound and bool(bound.errors)
    base = _CLASSES[kind]
    css = base + (f" {base}--error" if wrong and base and kind != "check" else "")
    css += _WIDTHS.get(type(bound.field), "") if kind == "text" else ""
    given = str(bound.field.widget.attrs.get("class", ""))
    attrs: dict[str, str | bool] = {"class": f"{css} {given}".strip()} if css or given else {}
    if described := _described(bound):
        attrs["aria-describedby"] = described
    return bound.as_widget(attrs=attrs)


def _described(bound: BoundField) -> str:
    """Return the ids of the hint and the error, in the order in which they are read."""
    wrong = bound.form.is_bound and bool(bound.errors)
    return " ".join(
        part for part in (f"{bound.auto_id}_hint" if bound.help_text else "", f"{bound.auto_id}_error" if wrong else "")
        if part
    )  # fmt: skip


def _options(bound: BoundField) -> list[dict[str, Any]]:
    hints = getattr(bound.field, "hints", {})
    return [
        {
            "name": one.data["name"],
            "value": one.data["value"],
            "label": one.data["label"],
            "id": one.data["attrs"]["id"],
            "checked": bool(one.data["selected"]),
            "disabled": one.data["attrs"].get("disabled", False),
            "hint": hints.get(str(one.data["value"]), ""),
        }
        for one in bound.subwidgets
    ]


def _first_id(bound: BoundField) -> str:
    kind = _kind(bound.field.widget)
    return f"{bound.auto_id}_0" if kind in ("radios", "checks", "date") else bound.auto_id
