"""Forms about who sees what."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from throughline.core.access.models import AllocationKind, Team, User
from throughline.core.forms import DateField, Form, RadioField, WordsField


class AllocateForm(Form):
    """To whom a child is given."""

    why: ClassVar[dict[str, str]] = {
        "kind": "A child has one lead worker at a time; others work beside them.",
        "on": "A hand-over ends one worker's work and begins another's on the same day.",
    }
    to = forms.ChoiceField(label="Who works with the child", choices=())
    kind = RadioField(label="As", choices=AllocationKind.choices)
    on = DateField(label="From")

    def __init__(self, *args: Any, teams: Sequence[tuple[Team, Sequence[User]]], **kwargs: Any) -> None:
        """``teams``: each team with those who may be given a child."""
        super().__init__(*args, **kwargs)
        self.known: dict[str, tuple[Team, User | None]] = {}
        groups: list[Any] = [("", "Choose")]
        for team, users in teams:
            inside = [(f"{team.pk}-", f"{team.name}: its manager names the worker")]
            self.known[f"{team.pk}-"] = (team, None)
            for user in users:
                code = f"{team.pk}-{user.pk}"
                self.known[code] = (team, user)
                inside.append((code, str(user)))
            groups.append((team.name, inside))
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = groups

    def chosen(self) -> tuple[Team, User | None]:
        """Return the team, and the worker if one was named."""
        return self.known[self.cleaned_data["to"]]


class EndForm(Form):
    """Why and when someone's work with a child ends."""

    on = DateField(label="The last day", not_future=True)
    reason = forms.CharField(label="Why it ends", help_text="The child may ask one day.", max_length=300)


class ReasonForm(Form):
    """A reason, and nothing else."""

    reason = WordsField(label="Why", rows=3)


class OpenForm(ReasonForm):
    """Why a record outside one's own work is opened."""

    why: ClassVar[dict[str, str]] = {"reason": "The child's managers read it, and the child may one day."}
    reason = WordsField(label="Why do you need this record now?", rows=3, help_text="In a sentence.")


class RestrictForm(Form):
    """Who alone may see a record, and why."""

    why: ClassVar[dict[str, str]] = {"reason": "Whoever lifts it must know what it was for."}
    reason = WordsField(label="Why must this record be closed?", rows=3)
    permitted = forms.ModelMultipleChoiceField(
        label="Who may see it, beside you",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only as far as their role goes.",
    )

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        """``users``: who may be named."""
        super().__init__(*args, **kwargs)
        permitted = self.fields["permitted"]
        assert isinstance(permitted, forms.ModelMultipleChoiceField)
        permitted.queryset = users


class PermitForm(Form):
    """One more person who may see a restricted record."""

    user = forms.ModelChoiceField(
        label="Let one more person see it", queryset=User.objects.none(), empty_label="Choose"
    )

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        """``users``: who may be named."""
        super().__init__(*args, **kwargs)
        user = self.fields["user"]
        assert isinstance(user, forms.ModelChoiceField)
        user.queryset = users


class AccountForm(forms.Form):
    """Which part of the account to read. What cannot be read is left out, never an error."""

    actor = forms.IntegerField(required=False)
    person = forms.IntegerField(required=False)
    verb = forms.CharField(required=False, max_length=80)
    since = DateField(required=False)
    until = DateField(required=False)
