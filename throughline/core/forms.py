"""Forms as people fill them: dates as they are written, words of any length, refusals in plain sentences.

Rendered by the template tags of ``{% load forms %}``: ``{% error_summary form %}``, ``{% field form.name %}``,
``{% fields form %}``. A form says in ``why`` why each field is asked (principle 10).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from throughline.core.dates import Unreadable, read_date
from throughline.core.errors import Refused

# As record.journey holds: a long night's account, not a pasted archive.
LONGEST = 200_000


class Form(forms.Form):
    """A form of Throughline."""

    # Field name to one sentence: why this is asked, and who uses it.
    why: ClassVar[Mapping[str, str]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Django's arguments; messages that the field did not word itself are worded here."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            worded(field, name)

    def why_of(self, name: str) -> str:
        """Return why a field is asked. ``said-12`` is asked for the reason of ``said``."""
        return self.why.get(name) or self.why.get(re.sub(r"-\d+$", "", name), "")

    def refuse(self, refused: Refused) -> None:
        """Put each message of a refused action on the field it is about, or over the form."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        for name, message in refused.messages.items():
            known = name in self.fields and not self.fields[name].widget.is_hidden
            # A dynamic field's message may be meant for each child's own field: the first stands for them.
            nearest = name if known else next((one for one in self.fields if one.startswith(f"{name}-")), None)
            self.add_error(nearest if name else None, ValidationError(message, code="refused"))


def worded(field: forms.Field, name: str) -> None:
    """Give a field the house's own words for what is missing or not understood, where it has none of its own."""
    label = str(field.label or name.replace("_", " ").capitalize()).rstrip("?:. ")
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = f"“{label}” needs an answer."
    if type(field) is forms.TimeField:
        field.error_messages["invalid"] = "Write the time as hours and minutes, for example 14:30."
    if type(field) is forms.ChoiceField:
        field.error_messages["invalid_choice"] = f"Choose one of the answers to “{label}”."
    # The browser would cut what is pasted at maxlength, in silence; it is better to be told.
    field.widget.attrs.pop("maxlength", None)
    for validator in field.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = "This is %(show_value)s characters; the most is %(limit_value)s. Make it shorter."


class DateWidget(forms.Widget):
    """Three boxes, day, month and year; a whole date pasted or typed into the first is understood too."""

    template_name = "web/forms/date.html"
    parts = (("Day", 2), ("Month", 2), ("Year", 4))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return what was typed: [day, month, year], or the one text, or None."""
        whole = data.get(name)
        if whole not in (None, ""):
            return whole
        typed = [str(data.get(f"{name}_{place}") or "").strip() for place in range(3)]
        return typed if any(typed) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether nothing of this field was sent at all."""
        return name not in data and not any(f"{name}_{place}" in data for place in range(3))

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first box, where a label or an error leads."""
        return f"{id_}_0"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add each box: its name, id, label, width and value."""
        context = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].get("id") or f"id_{name}"
        shown = self._shown(value)
        context["boxes"] = [
            {"name": f"{name}_{place}", "id": f"{base}_{place}", "label": label, "width": width, "value": shown[place]}
            for place, (label, width) in enumerate(self.parts)
        ]
        context["recent"] = context["widget"]["attrs"].pop("recent", False)
        context["wrong"] = (attrs or {}).get("aria-invalid") == "true"
        return context

    @staticmethod
    def _shown(value: Any) -> list[str]:
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        if isinstance(value, (list, tuple)):
            return [str(one or "") for one in value]
        return [str(value or ""), "", ""]


class DateField(forms.Field):
    """A day. Accepts three boxes, or "3/4/2026", "2026-04-03", "3 April 2026" in the first.

    ``not_future`` and ``not_before`` refuse days that cannot be meant.
    """

    widget = DateWidget
    default_error_messages = {"required": "Write the day, month and year."}

    def __init__(
        self, *, not_future: bool = False, not_before: date | None = None, recent: bool = False, **kwargs: Any
    ) -> None:
        """Take Django's arguments, the limits, and whether "today" and "yesterday" are offered beside the boxes."""
        super().__init__(**kwargs)
        self.widget.attrs |= {"recent": True} if recent else {}
        self.not_future, self.not_before = not_future, not_before

    def to_python(self, value: Any) -> date | None:
        """Return the day; raises ValidationError with a sentence."""
        if value in self.empty_values:
            return None
        try:
            return read_date(value)
        except Unreadable as problem:
            raise ValidationError(str(problem), code="invalid") from problem

    def validate(self, value: Any) -> None:
        """Refuse what is missing, still to come, or too long ago."""
        super().validate(value)
        if value is None:
            return
        if self.not_future and value > timezone.localdate():
            raise ValidationError(f"{_spoken(value)} is still to come. Choose today or an earlier day.", code="future")
        if self.not_before and value < self.not_before:
            raise ValidationError(
                f"{_spoken(value)} is before {_spoken(self.not_before)}. Check the year.", code="too_early"
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another day was given."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class _Hinted:
    """Choices may carry a hint each: ``hints={"value": "what it means"}``."""

    hints: dict[str, str]


class RadioField(forms.ChoiceField, _Hinted):
    """One of a few answers, all in sight."""

    widget = forms.RadioSelect
    default_error_messages = {
        "required": "Choose one of the answers.",
        "invalid_choice": "Choose one of the answers that are shown.",
    }

    def __init__(self, *, hints: Mapping[str, str] | None = None, inline: bool = False, **kwargs: Any) -> None:
        """Take Django's arguments, a hint for any choice, and whether the answers stand in one line."""
        super().__init__(**kwargs)
        self.hints, self.inline = dict(hints or {}), inline


class ChecksField(forms.MultipleChoiceField, _Hinted):
    """Any of several answers, all in sight."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": "Choose at least one.",
        "invalid_choice": "%(value)s is not one of the answers that are shown.",
    }

    def __init__(self, *, hints: Mapping[str, str] | None = None, small: bool = False, **kwargs: Any) -> None:
        """Take Django's arguments, a hint for any choice, and whether the boxes are small."""
        super().__init__(**kwargs)
        self.hints, self.small = dict(hints or {}), small


class WordsField(forms.CharField):
    """Words of any length, in a box that grows with them. Line ends are kept as one kind; nothing else changes."""

    widget = forms.Textarea
    default_error_messages = {"required": "Write something here. A line is enough."}

    def __init__(self, *, rows: int = 4, max_length: int = LONGEST, **kwargs: Any) -> None:
        """Take Django's arguments, how many lines the box begins with, and the most characters."""
        super().__init__(strip=False, **kwargs)
        # Not Django's own max_length: the browser would cut what is pasted, in silence.
        self.most = max_length
        self.widget.attrs |= {"rows": rows, "data-grows": ""}

    def to_python(self, value: Any) -> str:
        """Return the words, stripped of nothing but what is around them."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\x00", "").strip()

    def validate(self, value: Any) -> None:
        """Refuse more than can be kept, and say by how much."""
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(
                f"This is {len(value):,} characters; the most is {self.most:,}. Divide it, or attach it as a document.",
                code="max_length",
            )


def typed_into(form: forms.Form, data: Any) -> dict[str, Any]:
    """Return what ``data`` (of a draft) holds for each field of ``form``, as it was typed: to be used as initial."""
    found: dict[str, Any] = {}
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField):
            continue
        key = form.add_prefix(name)
        if not field.widget.value_omitted_from_data(data, {}, key) or _unticked(field, data):
            found[name] = field.widget.value_from_datadict(data, {}, key)
    return found


def _unticked(field: forms.Field, data: Any) -> bool:
    # Boxes that nobody ticks are not sent: in a draft that holds anything, their absence is an answer.
    return bool(data) and isinstance(field.widget, (forms.CheckboxInput, forms.CheckboxSelectMultiple))


def choices_of(values: Mapping[str, str], *, empty: str | None = None) -> Sequence[tuple[str, str]]:
    """Return codes and labels as Django choices, with a first empty one if it has words."""
    return [*([("", empty)] if empty is not None else []), *values.items()]
