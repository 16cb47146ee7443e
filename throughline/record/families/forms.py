"""Forms about families."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from throughline.core.forms import ChecksField, DateField, Form, RadioField
from throughline.record.families.relations import basis_choices, choices
from throughline.record.people.forms import CreateForm
from throughline.record.people.models import Person

_WHY = {
    "subject_child": "The record is about these children; workers of the team see them.",
    "parental_responsibility": "It decides who must be asked, told and invited. How it is held is a matter of law.",
    "main_carer": "So that everyone knows who looks after the child from day to day.",
}


def _people(people: Sequence[Person]) -> list[tuple[str, str]]:
    return [(str(one.pk), one.shown_name) for one in people]


class TieFields(Form):
    """What one person is to others of the family: for forms that add someone, and for the relationship's own."""

    why: ClassVar[dict[str, str]] = _WHY
    subject_child = forms.BooleanField(required=False, label="A child whom the record is about")
    tie = forms.ChoiceField(choices=[("", "Not known yet"), *choices()], required=False, label="What they are")
    of = ChecksField(required=False, small=True, label="To whom")
    parental_responsibility = forms.BooleanField(required=False, label="They have parental responsibility")
    responsibility_basis = forms.ChoiceField(
        choices=[("", "Choose"), *basis_choices()], required=False, label="How parental responsibility is held"
    )
    main_carer = forms.BooleanField(required=False, label="They are a main carer")
    note = forms.CharField(required=False, label="Anything to know about this relationship")
    confirm = forms.BooleanField(required=False, widget=forms.HiddenInput(), label="Yes, this is right")

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any) -> None:
        """``people``: those of the family who may be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = _people(people)  # type: ignore[attr-defined]
        if self.is_bound and self.data.get("confirm"):
            self.ask_to_confirm()

    def ask_to_confirm(self) -> None:
        """Show the tick that says an unlikely thing is so."""
        self.fields["confirm"].widget = forms.CheckboxInput()

    def tied(self) -> dict[str, Any]:
        """Return what ``relate`` takes beside the people."""
        said = self.cleaned_data
        return {
            "type": said["tie"],
            "parental_responsibility": said["parental_responsibility"],
            "responsibility_basis": said["responsibility_basis"],
            "main_carer": said["main_carer"],
            "note": said["note"],
            "confirmed": bool(said["confirm"]),
        }


class JoinForm(TieFields):
    """Someone who is added to a family."""

    started_on = DateField(required=False, label="Belongs since", help_text="Leave empty if always, or not known.")
    field_order = ("subject_child", "started_on", "tie", "of")


class CreateMemberForm(CreateForm, TieFields):
    """Someone new, recorded and added to a family at once."""

    why: ClassVar[dict[str, str]] = {**CreateForm.why, **_WHY}
    # Who they are, then what they are to the others.
    field_order = tuple(name for name in CreateForm.base_fields if name != "despite")


class RelateForm(TieFields):
    """What one member is to others."""

    person = forms.ChoiceField(label="Who")
    started_on = DateField(required=False, label="Since")
    field_order = ("person", "tie", "of", "started_on")

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any) -> None:
        """``people``: those of the family."""
        super().__init__(*args, people=people, **kwargs)
        del self.fields["subject_child"]
        self.fields["person"].choices = _people(people)  # type: ignore[attr-defined]
        self.fields["tie"].choices = [("", "Choose"), *choices()]  # type: ignore[attr-defined]
        self.fields["tie"].required = self.fields["of"].required = True
        self.fields["tie"].error_messages["required"] = "Choose what they are."


class ResponsibilityForm(Form):
    """What a relationship holds."""

    why: ClassVar[dict[str, str]] = _WHY
    held = forms.BooleanField(required=False, label="Parental responsibility is held")
    responsibility_basis = forms.ChoiceField(
        choices=[("", "Choose"), *basis_choices()], required=False, label="How it is held"
    )
    main_carer = forms.BooleanField(required=False, label="A main carer")
    note = forms.CharField(required=False, label="Anything to know")


class LeaveForm(Form):
    """Someone no longer belongs to a family."""

    on = DateField(label="Until", not_future=True)
    why_left = forms.CharField(label="Why", help_text="Such as: moved to their father, in another authority.")


class HouseholdForm(Form):
    """A home that some of the family share."""

    label = forms.CharField(label="What it is called", help_text="Such as: Grace's home.")
    members = ChecksField(required=False, small=True, label="Who lives there")

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any) -> None:
        """``people``: those of the family."""
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = _people(people)  # type: ignore[attr-defined]


class MoveInForm(Form):
    """Someone moves to a household."""

    person = RadioField(label="Who")
    started_on = DateField(required=False, label="Since")
    part_time = forms.BooleanField(required=False, label="Part of the time only")

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any) -> None:
        """``people``: those of the family."""
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = _people(people)  # type: ignore[attr-defined]


class ProfessionalForm(Form):
    """A professional around a child."""

    why: ClassVar[dict[str, str]] = {"name": "So that everyone knows whom to ask and to invite."}
    name = forms.CharField(label="Name")
    role = forms.CharField(required=False, label="Role", help_text="Such as: class teacher, health visitor.")
    agency = forms.CharField(required=False, label="Agency", help_text="Such as: Hilltop School.")
    telephone = forms.CharField(required=False, label="Telephone")
    email = forms.CharField(required=False, label="Email")
    children = ChecksField(small=True, label="Around whom")
    started_on = DateField(required=False, label="Since")

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any) -> None:
        """``people``: the children of the family."""
        super().__init__(*args, **kwargs)
        self.fields["children"].choices = _people(people)  # type: ignore[attr-defined]


class PlaceForm(Form):
    """In which family someone just created belongs."""

    family = RadioField(label="Which family do they belong to?")

    def __init__(self, *args: Any, families: Sequence[Any] = (), **kwargs: Any) -> None:
        """``families``: those that the user may record about."""
        super().__init__(*args, **kwargs)
        self.fields["family"].choices = [(str(one.pk), one.label) for one in families]  # type: ignore[attr-defined]
