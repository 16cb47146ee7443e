"""Forms about people: finding, creating, and each part of who someone is."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from throughline.core.codes import code_set
from throughline.core.forms import ChecksField, DateField, Form, RadioField, WordsField, choices_of
from throughline.record.people.models import ContactKind, IdentifierType, NameType, Person, ResidenceKind
from throughline.record.people.sought import Sought


class _Line(forms.CharField):
    """The line that one begins with: not called optional, though the fields below it will do as well."""

    def validate(self, value: str) -> None:
        """Take nothing, too."""


class FindForm(Form):
    """What is looked for: one line with anything in it, or fields."""

    text = _Line(
        label="Name, date of birth, number, telephone or address",
        help_text="Anything that you know, in any order: part of a name, 12/3/2015, a postcode.",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    given = forms.CharField(required=False, label="Given name")
    family = forms.CharField(required=False, label="Family name")
    date_of_birth = DateField(required=False, label="Date of birth")
    estimated = forms.BooleanField(required=False, label="This date is a guess: two years either way will do")
    expected_date = DateField(required=False, label="For a child not born yet: expected date")
    identifier = forms.CharField(required=False, label="NHS number, pupil number or other number")
    phone = forms.CharField(required=False, label="Telephone")
    address = forms.CharField(required=False, label="First line of the address")
    postcode = forms.CharField(required=False, label="Postcode, or its beginning")

    FURTHER = (
        "given", "family", "date_of_birth", "estimated", "expected_date", "identifier", "phone", "address", "postcode"
    )  # fmt: skip

    @property
    def further(self) -> list[forms.BoundField]:
        """The fields beside the one line."""
        return [self[name] for name in self.FURTHER]

    def sought(self) -> Sought:
        """Return what was asked."""
        return Sought(**{name: value for name, value in self.cleaned_data.items() if value})


def _sex(*, required: bool = False) -> RadioField:
    codes = code_set("sex").codes
    shown = {code: codes[code] for code in ("F", "M", "U")}
    return RadioField(choices=choices_of(shown), required=required, inline=True, label="Sex")


def _ethnicity() -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[("", "Not asked yet"), *code_set("ethnicity").choices()], required=False, label="Ethnicity"
    )


class CreateForm(Form):
    """A person who was looked for and not found."""

    why: ClassVar[dict[str, str]] = {
        "date_of_birth": "Age decides what help the law gives, and it tells people of one name apart.",
        "sex": "The children in need census asks it, as recorded at birth.",
        "ethnicity": "The census asks it; it shows whether help reaches every community. As the family says it.",
        "despite": "Two records of one child have hidden harm before. Your reason is kept with the record.",
    }

    given = forms.CharField(required=False, label="Given names")
    family = forms.CharField(
        required=False, label="Family name", help_text="Some people have one name: leave one empty."
    )
    date_of_birth = DateField(required=False, label="Date of birth")
    date_of_birth_estimated = forms.BooleanField(required=False, label="This date is estimated")
    expected_date = DateField(required=False, label="Expected date, for a child not born yet")
    sex = _sex()
    ethnicity = _ethnicity()
    languages = forms.CharField(
        required=False, label="Languages", help_text="First language first, with commas between: Igbo, English."
    )
    nhs = forms.CharField(required=False, label="NHS number", help_text="Ten digits; spaces do not matter.")
    upn = forms.CharField(required=False, label="Unique pupil number", help_text="A letter and twelve digits.")
    despite = forms.CharField(
        required=False,
        label="Why this is none of the people found",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, strong: bool = False, **kwargs: Any) -> None:
        """``strong``: people very like this one were found, so that the reason is asked at once."""
        super().__init__(*args, **kwargs)
        if not strong and not (self.is_bound and self.data.get("despite") is not None):
            self.fields["despite"].widget = forms.HiddenInput()

    def about(self) -> dict[str, Any]:
        """Return what the action takes."""
        said = dict(self.cleaned_data)
        said["languages"] = languages_in(said["languages"])
        said["identifiers"] = [(kind, said.pop(kind)) for kind in ("nhs", "upn")]
        said["identifiers"] = [(kind, value) for kind, value in said["identifiers"] if value]
        return said

    def ask_why(self) -> None:
        """Show the box for the reason."""
        self.fields["despite"].widget = forms.Textarea(attrs={"rows": 2})


def languages_in(text: str) -> list[str]:
    """Return the languages of a line with commas.

    >>> languages_in("Igbo,  English ,")
    ['Igbo', 'English']
    """
    return [" ".join(one.split()) for one in text.split(",") if one.strip()]


class DetailsForm(Form):
    """Who a person is; names, numbers and addresses have forms of their own."""

    why: ClassVar[dict[str, str]] = {
        **CreateForm.why,
        "pronouns": "So that everyone who reads and writes about them uses the right words.",
        "communication_needs": "So that whoever visits can prepare, and the child is heard.",
        "upn_unknown": "The census asks why a child has no unique pupil number.",
    }

    version = forms.IntegerField(widget=forms.HiddenInput())
    date_of_birth = DateField(required=False, label="Date of birth")
    date_of_birth_estimated = forms.BooleanField(required=False, label="This date is estimated")
    expected_date = DateField(required=False, label="Expected date of birth")
    date_of_death = DateField(required=False, label="Date of death")
    sex = _sex()
    gender_identity = forms.CharField(required=False, label="Gender identity, in their words")
    pronouns = forms.CharField(required=False, label="Pronouns")
    ethnicity = _ethnicity()
    religion = forms.CharField(required=False, label="Religion or belief")
    languages = forms.CharField(
        required=False, label="Languages", help_text="First language first, with commas between: Igbo, English."
    )
    interpreter_needed = forms.BooleanField(required=False, label="An interpreter is needed")
    communication_needs = WordsField(required=False, label="How they communicate, and what helps", rows=3)
    upn_unknown = forms.ChoiceField(
        choices=[("", "They have one, or it does not apply"), *code_set("upn_unknown").choices()],
        required=False,
        label="Why there is no unique pupil number",
    )

    @staticmethod
    def of(person: Person) -> dict[str, Any]:
        """Return what the fields begin with."""
        names = [name for name in DetailsForm.base_fields if name != "languages"]
        return {**{name: getattr(person, name) for name in names}, "languages": ", ".join(person.languages)}

    def changes(self) -> dict[str, Any]:
        """Return what the action takes."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {**said, "languages": languages_in(said["languages"])}


class NameForm(Form):
    """One more of a person's names."""

    given = forms.CharField(required=False, label="Given names")
    family = forms.CharField(required=False, label="Family name")
    type = RadioField(choices=NameType.choices, label="What this name is", initial=NameType.KNOWN_AS)
    started_on = DateField(required=False, label="Used from")
    ended_on = DateField(required=False, label="Used until")
    shown = forms.BooleanField(required=False, label="Show this name on screen from now on")


class AddressForm(Form):
    """Where a person lives."""

    why: ClassVar[dict[str, str]] = {
        "confidential": "A refuge or a placement that someone must not learn of. It is then shown on this person's own "
        "page only, to those who work with them, and each look is logged."
    }
    lines = forms.CharField(label="Address", widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}))
    postcode = forms.CharField(required=False, label="Postcode")
    kind = RadioField(choices=ResidenceKind.choices, label="What this address is", initial=ResidenceKind.HOME)
    started_on = DateField(required=False, label="From")
    confidential = forms.BooleanField(required=False, label="Keep this address confidential")


class ContactForm(Form):
    """A way to reach a person."""

    why: ClassVar[dict[str, str]] = {"safe": "A message read by the wrong person has led to harm."}
    kind = RadioField(choices=ContactKind.choices, label="How", inline=True, initial=ContactKind.MOBILE)
    value = forms.CharField(label="Number or address", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    safe = RadioField(
        choices=[("yes", "Yes"), ("no", "No, someone else may answer or read it")],
        label="Is it safe to use?",
        initial="yes",
    )
    note = forms.CharField(
        required=False, label="Anything to know", help_text="Such as: not before 4 in the afternoon."
    )


class NumberForm(Form):
    """A number by which a person is known."""

    type = forms.ChoiceField(choices=IdentifierType.choices, label="Kind of number")
    value = forms.CharField(
        label="Number", help_text="Spaces do not matter.", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class DisabilityForm(Form):
    """Disabilities by the codes of the census, and in words."""

    why: ClassVar[dict[str, str]] = {"disabilities": "The census asks it; it entitles a child to help of their own."}
    version = forms.IntegerField(widget=forms.HiddenInput())
    disabilities = ChecksField(
        choices=code_set("disability").choices(), required=False, small=True, label="Disabilities"
    )
    disability_words = WordsField(required=False, label="In words", rows=2, max_length=300)


class WarningForm(Form):
    """What anyone must know first."""

    words = forms.CharField(label="What must be known first", help_text="A line that may be read by the person too.")
    noted_on = DateField(required=False, label="Known since", help_text="Left empty, today.")
    review_on = DateField(required=False, label="Look again on")


class EndForm(Form):
    """The day on which something ended."""

    on = DateField(label="Ended on", not_future=True)

    @staticmethod
    def today() -> dict[str, Any]:
        """Return today, as most things are recorded when they are learned."""
        return {"on": timezone.localdate()}
