"""Forms of this room."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from throughline.core.forms import ChecksField, DateField, Form, RadioField, WordsField
from throughline.core.practice import library
from throughline.record.assessment.models import Copy, Session, Stage
from throughline.record.assessment.pages import Place
from throughline.record.people.models import Person


def _named(people: Sequence[Person]) -> list[tuple[str, str]]:
    return [(str(one.pk), one.shown_name or "Name not recorded") for one in people]


class BeginForm(Form):
    """Begin a record for a family."""

    why = {
        "children": "One record for the family, in which each child has their own part.",
        "stage": "Early help rests on agreement; a statutory assessment on the law, with its time limit.",
        "started_on": "Time frames are counted from it, or from the referral where there is one.",
    }
    children = ChecksField(label="Which children is it about?", small=True)
    model = RadioField(label="What kind of work is it?")
    stage = RadioField(label="On what footing?", choices=[])
    agreed_by = forms.CharField(
        label="Who of the family agreed to it?", required=False, max_length=200, help_text="For early help."
    )
    started_on = DateField(label="When did it begin?", not_future=True)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        """Take the people of the family who may be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["children"].choices = _named(people)  # type: ignore[attr-defined]
        models = library.every().values()
        self.fields["model"].choices = [(one.code, one.title) for one in models]  # type: ignore[attr-defined]
        self.fields["model"].hints = {one.code: one.about for one in models}  # type: ignore[attr-defined]
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (code, str(label)[:1].upper() + str(label)[1:]) for code, label in Stage.choices
        ]


class SectionForm(Form):
    """What stands under one heading. Tables have as many rows as were sent."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        """Take the heading that is written under."""
        super().__init__(*args, **kwargs)
        self.place = place
        kind = place.section.kind
        if kind == "words":
            self.fields["words"] = WordsField(label=place.title, required=False, rows=12)
        elif kind in ("yes_no", "choice"):
            self.fields["words"] = RadioField(
                label=place.title, required=False, choices=place.choices, inline=kind == "yes_no"
            )
        elif kind == "date":
            self.fields["words"] = DateField(label=place.title, required=False)
        elif kind == "codes":
            self.fields["codes"] = ChecksField(label=place.title, required=False, choices=place.choices, small=True)
        else:
            self._table(place)

    def _table(self, place: Place) -> None:
        sent = {int(name.split("-")[1]) for name in self.data if name.startswith("cell-") and _is_row(name)}
        rows = max([len(place.table_to_write), *(number + 1 for number in sent)])
        for number in range(min(rows, 500)):
            for column in place.section.columns:
                label = f"{column.title}, row {number + 1}"
                field: forms.Field = WordsField(label=label, required=False, rows=1, max_length=20_000)
                if column.kind == "choice":
                    field = forms.ChoiceField(
                        label=label, required=False, choices=[("", ""), *((one, one) for one in column.choices)]
                    )
                self.fields[f"cell-{number}-{column.code}"] = field

    def begin_with(self) -> dict[str, Any]:
        """Return what the fields begin with."""
        found: dict[str, Any] = {"version": self.place.version, "words": self.place.words}
        found["codes"] = sorted(self.place.chosen)
        found |= {cell.name: cell.text for row in self.place.table for cell in row}
        return found

    def words(self) -> str:
        """Return the words, the chosen code, or the day as ISO text."""
        given = self.cleaned_data.get("words")
        return given.isoformat() if isinstance(given, date) else str(given or "")

    def rows(self) -> list[dict[str, str]]:
        """Return the rows of a table, or the chosen codes."""
        if self.place.section.kind == "codes":
            return [{"code": code} for code in self.cleaned_data.get("codes", [])]
        found: dict[int, dict[str, str]] = {}
        for name, value in self.cleaned_data.items():
            if name.startswith("cell-"):
                _, number, column = name.split("-", 2)
                found.setdefault(int(number), {})[column] = str(value or "")
        return [found[number] for number in sorted(found)]


def _is_row(name: str) -> bool:
    parts = name.split("-", 2)
    return len(parts) == 3 and parts[1].isdigit() and len(parts[1]) < 4


class VoiceForm(Form):
    """What a child said."""

    why = {
        "said": "Their own words go into their record and are quoted here. Nobody has to write them twice.",
        "how": "A drawing or a gesture says as much as a sentence; a later reader wants to know which it was.",
    }
    said = WordsField(label="What they said, in their own words", rows=5)
    how = forms.CharField(
        label="How they told it",
        required=False,
        max_length=120,
        help_text="Talking, drawing, playing, signing, showing",
    )
    on = DateField(label="When", not_future=True)
    words = WordsField(label="What was happening at the time", required=False, rows=3)


class ChallengeForm(Form):
    """A view that was questioned."""

    why = {"session": "Professional supervision helps to think; management oversight answers for the work."}
    hypothesis = WordsField(label="The view as it was held", rows=4)
    held_by = forms.CharField(label="Whose view was it?", max_length=200)
    question = WordsField(label="What was asked, or doubted", rows=4)
    challenged_by = forms.CharField(label="Who questioned it?", max_length=200)
    session = RadioField(label="Where?", choices=[(code, label.capitalize()) for code, label in Session.choices])
    happened_on = DateField(label="When?", not_future=True)


class RevisedForm(Form):
    """A view after it was questioned."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    revised = WordsField(label="The view now", rows=4, help_text="It may be the same: then say what it stands on.")
    what_changed = WordsField(label="What changed, or why nothing did", rows=4)
    revised_on = DateField(label="When?", not_future=True)


class FrameForm(Form):
    """A time frame that was agreed, or is moved."""

    why = {"reason": "A reader sees why this time was right for this family, and why it changed."}
    due_on = DateField(label="To be finished by")
    reason = WordsField(label="Why this time is right", rows=3)
    agreed_with = forms.CharField(
        label="Agreed with, or told to", max_length=300, help_text="The family, by name, and your manager"
    )


class ReviewForm(Form):
    """The work looked at again, with the manager."""

    held_on = DateField(label="When was it reviewed?", not_future=True)
    outcome = WordsField(label="What came of it", rows=3)
    quality = WordsField(label="How good is the work so far?", required=False, rows=3)


class ConsentForm(Form):
    """What the family said about sharing."""

    why = {
        "agency": "The record goes only as far as the family agreed, unless a manager records another ground in law."
    }
    agency = forms.CharField(label="With whom?", max_length=120, help_text="Health, the school, housing, police …")
    permitted = RadioField(
        label="Did they agree?", choices=[("yes", "Yes, it may be shared"), ("no", "No, it may not")], inline=True
    )
    given_by = forms.CharField(label="Who of the family answered?", max_length=200)
    given_on = DateField(label="When?", not_future=True)
    words = WordsField(label="Anything they said about it", required=False, rows=2)


class GiveForm(Form):
    """A copy that was given."""

    copy = RadioField(label="Which copy?", choices=[(code, label.capitalize()) for code, label in Copy.choices])
    person = forms.ChoiceField(label="Whose copy, if it is a child's own", required=False)
    to = forms.CharField(label="To whom?", max_length=200)
    agency = forms.CharField(
        label="Of which agency, if they are not of the family", required=False, max_length=120,
        help_text="Asked of what the family agreed to",
    )  # fmt: skip
    given_on = DateField(label="When?", not_future=True)
    without_consent_because = WordsField(
        label="If the family did not agree: the ground in law", required=False, rows=2,
        help_text="For the manager to decide and record",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        """Take the children whose copy it may be."""
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Nobody's alone"), *_named(people)]  # type: ignore[attr-defined]


class DiscussForm(Form):
    """Whether it was talked through."""

    why = {"discussed": "Nobody should learn from a paper what was never said to them."}
    person = RadioField(label="With whom?")
    discussed = RadioField(label="Was it talked through?", choices=[("yes", "Yes"), ("no", "Not yet")], inline=True)
    on = DateField(label="When was it, or when will it be?")
    comments = WordsField(label="What they said", required=False, rows=3)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        """Take the children of the record."""
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [*_named(people), ("0", "The parents or carers")]  # type: ignore[attr-defined]


class SignForm(Form):
    """A signature."""

    comments = WordsField(label="Comments", required=False, rows=4)


class ReturnForm(Form):
    """Giving the document back."""

    comments = WordsField(label="What is to be thought about or changed", rows=4)


class AddendumForm(Form):
    """A correction or an addition after sign-off."""

    place = forms.ChoiceField(label="To which heading does it belong?")
    words = WordsField(label="The correction or addition", rows=5)
    asked_by = forms.CharField(label="Who asked for it, if someone of the family did", required=False, max_length=200)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the headings."""
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]


class ContinueForm(Form):
    """An early help record that goes on as a statutory one."""

    on = DateField(label="When was the referral?", not_future=True)
    model = RadioField(label="Go on with")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every template."""
        super().__init__(*args, **kwargs)
        self.fields["model"].choices = [(one.code, one.title) for one in library.every().values()]  # type: ignore[attr-defined]


class IncludeForm(Form):
    """Another child of the family."""

    child = RadioField(label="Which child?")

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        """Take those who may be included."""
        super().__init__(*args, **kwargs)
        self.fields["child"].choices = _named(people)  # type: ignore[attr-defined]
