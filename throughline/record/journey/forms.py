"""Forms of the journey: recording freely, revising, chronologies, filters."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from throughline.core.dates import Unreadable, read_date
from throughline.core.forms import ChecksField, DateField, Form, RadioField, WordsField
from throughline.record.journey.actions import Part
from throughline.record.journey.recording import Recordable
from throughline.record.people.models import Person

SEEN = [("", "Not asked"), ("alone", "Seen alone"), ("yes", "Seen, with others"), ("no", "Not seen")]


class EntryForm(Form):
    """One entry of a free kind about one or more people, each with a part of their own."""

    happened_on = DateField(label="When did it happen?")
    happened_at = forms.TimeField(
        label="At what time?", required=False, help_text="For example 14:30. Leave it if unknown."
    )
    words = WordsField(label="What happened", required=False)

    def __init__(
        self, *args: Any, people: Sequence[Person], about: Person, recordable: Recordable, **kwargs: Any
    ) -> None:
        """``people`` may be chosen; ``about`` is chosen to begin with."""
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.recordable = recordable
        self.order: list[str] = []
        self._add(
            "about",
            ChecksField(
                label="Who is it about?",
                choices=[(pk, person.shown_name) for pk, person in self.people.items()],
                initial=[str(about.pk)],
            ),
        )
        for name in ("happened_on", "happened_at"):
            self.order.append(name)
        self.fields["words"].label = recordable.words_label
        if recordable.decision:
            self._add("decision", forms.CharField(label="What was decided?", max_length=300))
            self._add("reason", WordsField(label="Why?"))
        self.order.append("words")
        self.each = [self._each(pk, person) for pk, person in self.people.items()]
        self._add(
            "author_name",
            forms.CharField(
                label="Did someone else do this?",
                required=False,
                max_length=200,
                help_text="Their name and role, if you are writing it down for them.",
            ),
        )
        self.order_fields(["about", "happened_on", "happened_at", "decision", "reason", "words"])

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self.order.append(name)

    def _each(self, pk: str, person: Person) -> dict[str, Any]:
        name = person.shown_name
        if self.recordable.seen:
            self.fields[f"seen-{pk}"] = RadioField(label=f"Was {name} seen?", choices=SEEN, required=False)
        if self.recordable.said:
            self.fields[f"said-{pk}"] = WordsField(
                label=f"What {name} said", required=False, help_text="In their own words, as near as you can."
            )
            self.fields[f"said_how-{pk}"] = forms.CharField(
                label="How did they tell it?", required=False, max_length=120,
                help_text="Talking, drawing, play, signing, through an interpreter.",
            )  # fmt: skip
        self.fields[f"part-{pk}"] = WordsField(
            label=f"For {name}'s record alone", required=False, help_text="What the others' records must not hold."
        )
        return {"person": person, "names": [n for n in self.fields if n.endswith(f"-{pk}")]}

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Each person with their own fields, for the template."""
        return [{"person": one["person"], "fields": [self[name] for name in one["names"]]} for one in self.each]

    @property
    def shared(self) -> list[Any]:
        """The fields that all share, in order."""
        return [self[name] for name in dict.fromkeys(self.order)]

    def parts(self) -> list[Part]:
        """Return each chosen person's part."""
        values = self.cleaned_data
        chosen = [self.people[pk] for pk in values["about"] if pk in self.people]
        return [self._part(person) for person in chosen]

    def _part(self, person: Person) -> Part:
        def value(name: str) -> str:
            return str(self.cleaned_data.get(f"{name}-{person.pk}") or "")

        seen = value("seen")
        return Part(
            person,
            words=value("part"),
            seen={"alone": True, "yes": True, "no": False}.get(seen),
            seen_alone={"alone": True, "yes": False}.get(seen),
            said=value("said"),
            said_how=value("said_how"),
        )


class ReviseForm(Form):
    """New words for an entry. The earlier ones stay in its history."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    happened_on = DateField(label="When did it happen?")
    words = WordsField(label="What happened", required=False)


class ChronologyForm(Form):
    """A new chronology."""

    title = forms.CharField(
        label="What is it called?", max_length=200, help_text="For example: for the conference in May."
    )
    purpose = WordsField(label="What is it for?", required=False)


class ItemForm(Form):
    """One event of a chronology, in its maker's words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    event = WordsField(label="What happened")
    significance = WordsField(label="Why it matters", required=False, help_text="To this child, at that time.")
    analysis = WordsField(label="What you make of it", required=False, help_text="With what came before and after.")


class OwnItemForm(Form):
    """An event that no entry holds."""

    happened_on = DateField(label="When did it happen?")
    event = WordsField(label="What happened")
    significance = WordsField(label="Why it matters", required=False)


class FilterForm(forms.Form):
    """What of the story to show. Anything that cannot be read is left out, never an error."""

    kind = forms.MultipleChoiceField(required=False)
    text = forms.CharField(required=False, max_length=100)
    only = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Everything"),
            ("said", "What the child said"),
            ("seen", "When seen"),
            ("decisions", "Decisions"),
        ],
    )
    since = forms.CharField(required=False, max_length=40)
    until = forms.CharField(required=False, max_length=40)


def day_of(text: str | None) -> date | None:
    """Return a day as people write it ("2026-03-01", "27 3 2026"), or None for anything else."""
    try:
        return read_date(text or "")
    except Unreadable:
        return None
