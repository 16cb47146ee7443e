"""Forms about plans."""

from collections.abc import Sequence
from typing import Any

from django import forms

from throughline.core.forms import ChecksField, DateField, Form, RadioField, WordsField, worded
from throughline.record.people.models import Person
from throughline.record.plans import content
from throughline.record.plans.models import Kind, Outcome


class _Words(Form):
    """A form with every part of a plan that is words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add a field for each part, in the order in which a plan reads."""
        super().__init__(*args, **kwargs)
        for part in content.parts():
            self.fields[part.name] = WordsField(
                label=part.question, help_text=part.hint, rows=4, required=part.name == "needs_to_change"
            )
            worded(self.fields[part.name], part.name)

    def words(self) -> dict[str, str]:
        """Return the words of each part."""
        return {part.name: self.cleaned_data[part.name] for part in content.parts()}


def _next_review() -> dict[str, forms.Field]:
    return {
        "review_on": DateField(
            label="When will it be reviewed?", help_text="A day that suits this family.", required=False
        ),
        "agreed_with": forms.CharField(label="With whom was that day agreed?", required=False, max_length=300),
        "review_reason": forms.CharField(label="Why then?", required=False, max_length=300),
    }


class BeginForm(_Words):
    """A plan begun."""

    why = {
        "needs_to_change": "The family reads this first. It says what all the rest is for.",
        "safe_enough": "A plan that says when it ends can be ended, and not drift.",
        "review_on": "A time frame agreed with the family; it can be moved with a reason, and locks nothing.",
        "shared": "Nothing is copied unless you choose it, and what is copied is marked until it is made that child's.",
    }
    kind = RadioField(label="Which plan is it?", choices=Kind.choices)

    def __init__(self, *args: Any, siblings: Sequence[Person] = (), **kwargs: Any) -> None:
        """Take the brothers and sisters who have no plan yet."""
        super().__init__(*args, **kwargs)
        self.siblings = list(siblings)
        self.order_fields([part.name for part in content.parts()])
        self.fields |= _next_review()
        if self.siblings:
            self.fields["with"] = ChecksField(
                label="Begin a plan for others of the family too?",
                help_text="Each child has a plan of their own.",
                choices=[(str(one.pk), one.shown_name or "Name not recorded") for one in self.siblings],
                required=False,
            )
            self.fields["shared"] = ChecksField(
                label="Which parts shall be copied into theirs?",
                choices=[(part.name, part.heading) for part in content.parts()],
                required=False,
                small=True,
            )
        for name, field in self.fields.items():
            worded(field, name)

    def chosen(self) -> list[Person]:
        """Return the brothers and sisters for whom a plan is begun too."""
        ids = set(self.cleaned_data.get("with") or ())
        return [one for one in self.siblings if str(one.pk) in ids]


class ReviseForm(_Words):
    """The plan changed."""

    why = {"changed_because": "With a reason the change is told in the child's story. A slip of the pen needs none."}
    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = RadioField(label="Which plan is it?", choices=Kind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask last why it changes."""
        super().__init__(*args, **kwargs)
        self.order_fields([part.name for part in content.parts()])
        self.fields["changed_because"] = WordsField(label="Why does it change?", rows=2, required=False)


class ActionForm(Form):
    """Who will do what by when."""

    why = {"who": "Key people who will act, by name: in the family first, then those beside it."}
    what = WordsField(label="What will be done?", rows=2)
    who = forms.CharField(label="Who will do it?", max_length=200)
    by_when = DateField(label="By when?", required=False)


class DoneForm(Form):
    """An action done."""

    done_on = DateField(label="When was it done?", not_future=True)
    how_it_went = WordsField(label="How did it go?", rows=3, required=False)


class ProgressForm(Form):
    """How the plan goes."""

    why = {"said": "The child's own words, apart from ours."}
    happened_on = DateField(label="When?", not_future=True)
    words = WordsField(label="What has changed?", rows=4, required=False)
    said = WordsField(label="What does the child say?", rows=2, required=False)


class ReviewForm(Form):
    """The plan reviewed."""

    why = {
        "family_view": "Differing views are kept beside one another.",
        "review_on": "A time frame agreed with the family; it can be moved with a reason, and locks nothing.",
    }
    held_on = DateField(label="When was it reviewed?", not_future=True)
    who_took_part = WordsField(label="Who took part?", rows=2, required=False)
    said = WordsField(label="What does the child say?", help_text="In their own words.", rows=2, required=False)
    family_view = WordsField(label="What does the family say?", rows=3, required=False)
    words = WordsField(label="What has changed, and why is it decided so?", rows=5)
    outcome = RadioField(label="What was decided?", choices=Outcome.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask last when the next review is."""
        super().__init__(*args, **kwargs)
        self.fields |= _next_review()
        self.fields["review_on"].label = "When will it be reviewed next?"


class DiscussForm(Form):
    """That the plan was discussed in supervision."""

    why = {"follows": "What changes for the child belongs to the plan. What was talked over belongs to supervision."}
    discussed_on = DateField(label="When was it discussed?", not_future=True)
    with_whom = forms.CharField(label="With whom?", max_length=200)
    follows = WordsField(label="What follows for the plan?", rows=3, required=False)


class CloseForm(Form):
    """The plan closed."""

    why = {"how_safe": "The plan said when it would end. The answer is part of the decision to end it."}
    on = DateField(label="When does it end?", not_future=True)
    how_safe = WordsField(label="What is safe enough now, and how do you know?", rows=5)
    said = WordsField(label="What does the child say?", rows=2, required=False)
    words = WordsField(label="What help stays, and whom can the family call?", rows=3, required=False)
