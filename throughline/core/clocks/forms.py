"""Forms about time frames."""

from django import forms

from throughline.core.forms import DateField, Form, WordsField

_TOLD = {
    "label": "Who has been told?",
    "help_text": "One person a line: the child, parents, others who counted on the date.",
    "required": False,
    "rows": 3,
}


class ToldForm(Form):
    """Who was told of a move."""

    why = {"told": "The family can count on a date only if they hear when it moves."}
    told = WordsField(**_TOLD)  # type: ignore[arg-type]

    def names(self) -> list[str]:
        """Return who was told, one name each."""
        return [line.strip() for line in self.cleaned_data["told"].splitlines() if line.strip()]


class MoveForm(ToldForm):
    """Another day for a time frame."""

    why = {
        "reason": "Delay is explained and recorded, so that the child and whoever reads this later can understand it.",
        "told": "The family can count on a date only if they hear when it moves.",
    }
    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = DateField(label="The new date")
    reason = WordsField(label="Why does it move?", rows=3)
    field_order = ["version", "due_on", "reason", "told"]


class ReviewForm(Form):
    """A time frame looked at again."""

    why = {"quality": "A date says nothing of how good the work is: the two stand side by side."}
    held_on = DateField(label="When was it reviewed?", not_future=True)
    outcome = WordsField(label="What came of it?", help_text="The date stands, or it moves, and why.", rows=3)
    quality = WordsField(
        label="How good is the work so far?",
        help_text="What is strong in it, and what is still thin.",
        rows=3,
        required=False,
    )


class ExplainForm(Form):
    """Why a date was passed."""

    explanation = WordsField(
        label="Why did it take longer?", help_text="Delays of the family's, of ours, of others'.", rows=4
    )


class AgreeForm(Form):
    """A time frame agreed with the family."""

    why = {
        "reason": "A frame that fits this child has a reason; an average fits nobody in particular.",
        "agreed_with": "A date is agreed with people: the family, and the manager who stands behind it.",
    }
    label = forms.CharField(label="What is to be done?", max_length=200, widget=forms.TextInput)
    due_on = DateField(label="By when?")
    due_at = forms.TimeField(label="At what time, if it cannot wait until the end of that day?", required=False)
    reason = WordsField(label="Why is this the right time?", rows=3)
    agreed_with = forms.CharField(label="With whom was it agreed?", max_length=300)
