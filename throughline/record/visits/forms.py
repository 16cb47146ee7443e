"""The form of a visit: who was seen, child by child, first; everything else folded beneath."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField

from throughline.core.documents import filetypes
from throughline.core.documents.models import House
from throughline.core.forms import DateField, Form, RadioField, WordsField, worded
from throughline.record.journey.actions import Part
from throughline.record.people.models import Person
from throughline.record.visits.actions import Upload
from throughline.record.visits.models import Where

ALONE, SEEN, NOT_SEEN, APART = "alone", "seen", "not_seen", "apart"
_ANSWERS = [(ALONE, "Seen alone"), (SEEN, "Seen"), (NOT_SEEN, "Not seen"), (APART, "Not part of this visit")]
_UNBORN = [("unborn", "Not born yet"), (APART, "Not part of this visit")]


class ManyFiles(forms.FileField):
    """Several files at once; cleaned to a list."""

    class Input(forms.FileInput):
        """A file control that takes several."""

        allow_multiple_selected = True

    widget = Input

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files, each looked at; raises ValidationError with a sentence for each that cannot be kept."""
        files = [data] if isinstance(data, UploadedFile) else list(data or [])
        faults = [ValidationError(fault) for file in files if (fault := filetypes.check(file).fault)]
        if faults:
            raise ValidationError(faults)
        return files


@dataclass(frozen=True)
class ChildFields:
    """One child's fields, as the template lays them out. ``open`` when something in the fold needs to be looked at."""

    person: Person
    seen: BoundField
    why_not_seen: BoundField | None
    folded: list[BoundField]
    open: bool


class VisitForm(Form):
    """A visit. Fields of each child are named ``<field>-<person id>``."""

    why = {
        "seen": "Whether each child was seen, and seen alone, is the first thing that anyone asks of a visit.",
        "said": "The child's own words, apart from ours. They may read them one day.",
        "why_not_seen": "What was said of where the child was. It is not judged here.",
        "what_changed": "A visit is part of helping: what is different since the last one?",
        "files": "A drawing says what a child may not put into words.",
    }
    happened_on = DateField(label="When?")
    where = RadioField(label="Where?", choices=Where.choices)
    words = WordsField(label="What happened", rows=3, required=False)
    happened_at = forms.TimeField(label="At what time?", required=False)
    where_words = forms.CharField(label="Where, in words", required=False, max_length=200)
    purpose = WordsField(label="What the visit was for", rows=2, required=False)
    what_changed = WordsField(label="What has changed since the last visit", rows=2, required=False)

    def __init__(self, *args: Any, children: Sequence[Person], adults: Sequence[Person] = (), **kwargs: Any) -> None:
        """Take the children who are asked about one by one, and the adults who may have been there."""
        self.children = list(children)
        self.adults = list(adults)
        super().__init__(*args, **kwargs)
        for child in self.children:
            self.fields |= self._fields_of(child)
        if self.adults:
            self.fields["others"] = forms.MultipleChoiceField(
                label="Who else was there?",
                choices=[(str(one.pk), one.shown_name or "Name not recorded") for one in self.adults],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        for name, field in self.fields.items():
            worded(field, name)

    def why_of(self, name: str) -> str:
        """Return why a field is asked; of the children's fields, once, at the first child."""
        first = not self.children or name.endswith(f"-{self.children[0].pk}")
        return super().why_of(name) if first or "-" not in name else ""

    @staticmethod
    def _fields_of(child: Person) -> dict[str, forms.Field]:
        name = child.shown_name or "This child"
        fields: dict[str, forms.Field] = {
            f"seen-{child.pk}": RadioField(
                label=name,
                choices=_UNBORN if child.unborn else _ANSWERS,
                error_messages={"required": f"Say whether {name} was seen."},
                inline=True,
            ),
            f"part-{child.pk}": WordsField(label=f"What is {name}'s alone", rows=2, required=False),
        }
        if child.unborn:
            return fields
        return fields | {
            f"why_not_seen-{child.pk}": forms.CharField(
                label="Not seen: where were they said to be?", required=False, max_length=300
            ),
            f"said-{child.pk}": WordsField(label=f"What {name} said, in their own words", rows=2, required=False),
            f"said_how-{child.pk}": forms.CharField(
                label="How they told it",
                help_text="Talking, drawing, play, signing, through an interpreter, with their eyes.",
                required=False,
                max_length=120,
            ),
            f"files-{child.pk}": ManyFiles(label="Drawings or photographs", required=False),
            f"shows-{child.pk}": forms.CharField(
                label="What they show",
                help_text="For someone who cannot see them.",
                required=False,
                max_length=500,
            ),
            f"house-{child.pk}": forms.ChoiceField(
                label="Which of the Three Houses, if the child drew in one?",
                choices=[("", "None of them"), *House.choices],
                required=False,
            ),
        }

    def by_child(self) -> Iterator[ChildFields]:
        """Yield each child's fields for the template."""
        for child in self.children:
            names = ("said", "said_how", "part", "files", "shows", "house")
            folded = [self[f"{name}-{child.pk}"] for name in names if f"{name}-{child.pk}" in self.fields]
            why = f"why_not_seen-{child.pk}"
            yield ChildFields(
                child,
                self[f"seen-{child.pk}"],
                self[why] if why in self.fields else None,
                folded,
                any(field.errors or field.value() for field in folded),
            )

    def more(self) -> list[BoundField]:
        """Return what is folded beneath the visit as a whole."""
        names = ("happened_at", "where_words", "purpose", "what_changed", "others")
        return [self[name] for name in names if name in self.fields]

    def more_open(self) -> bool:
        """Return whether something in that fold needs to be looked at."""
        return any(field.errors or field.value() for field in self.more())

    def parts(self) -> list[Part]:
        """Return each person's part, of those who were part of the visit."""
        given = self.cleaned_data
        parts = []
        for child in self.children:
            seen = given[f"seen-{child.pk}"]
            if seen == APART:
                continue
            parts.append(
                Part(
                    child,
                    words=given[f"part-{child.pk}"],
                    seen=None if child.unborn else seen in (ALONE, SEEN),
                    seen_alone=None if child.unborn else seen == ALONE,
                    why_not_seen=given.get(f"why_not_seen-{child.pk}", "") if seen == NOT_SEEN else "",
                    said=given.get(f"said-{child.pk}", ""),
                    said_how=given.get(f"said_how-{child.pk}", ""),
                )
            )
        there = set(given.get("others") or ())
        return parts + [Part(adult, seen=True) for adult in self.adults if str(adult.pk) in there]

    def uploads(self) -> list[Upload]:
        """Return the drawings and photographs, each with whose it is."""
        given = self.cleaned_data
        return [
            Upload(
                child,
                file,
                title="A drawing" if given[f"house-{child.pk}"] else "From a visit",
                description=given[f"shows-{child.pk}"],
                house=given[f"house-{child.pk}"],
            )
            for child in self.children
            for file in given.get(f"files-{child.pk}") or ()
            if given[f"seen-{child.pk}"] != APART
        ]


class AnswerForm(Form):
    """What the worker makes of a child not having been seen."""

    why = {"words": "No rule says what it means: a person who knows the child does. Your reasoning is kept with it."}
    words = WordsField(label="What do you make of it, and what will you do?", rows=5)
