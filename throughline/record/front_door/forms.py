"""Forms of the front door."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from throughline.core.access.models import Team
from throughline.core.codes import code_set
from throughline.core.forms import ChecksField, DateField, Form, RadioField, WordsField
from throughline.record.front_door import lawful
from throughline.record.front_door.actions import Decided, Named, Sharing, Source
from throughline.record.front_door.models import Consent, Method, Nature, Part, Safe
from throughline.record.front_door.pathway import Outcome, Step
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person

YES_NO = [("yes", "Yes"), ("no", "No")]
SHARING = ("consent", "consent_why", "basis", "parents_told", "told_words")


class SourceForm(Form):
    """Who tells us or asks us, and how; common to contacts and consultations."""

    why: ClassVar[dict[str, str]] = {
        "source": "The children in need census asks it, and it shows who needs help to know when to tell us.",
        "source_contact": "So that somebody can tell them what came of it.",
        "happened_on": "The time for a decision runs from the day on which we were told.",
    }
    source = forms.ChoiceField(label="Who tells us", choices=[("", "Choose"), *code_set("referral_source").choices()])
    source_name = forms.CharField(label="Their name", required=False)
    source_role = forms.CharField(
        label="What they are", required=False, help_text="Form tutor, neighbour, grandmother."
    )
    source_agency = forms.CharField(label="Where they work", required=False)
    source_contact = forms.CharField(label="How to reach them", required=False)
    method = RadioField(label="How they reached us", choices=Method.choices)

    def source_given(self) -> Source:
        """Return who told us."""
        said = self.cleaned_data
        return Source(
            code=said["source"],
            name=said["source_name"],
            role=said["source_role"],
            agency=said["source_agency"],
            contact=said["source_contact"],
            anonymous=said.get("anonymous", False),
            keep_from_family=said.get("keep_from_family", False),
        )

    @property
    def who(self) -> list[Any]:
        """The fields about who told us, in order."""
        names = ["source", "source_name", "source_role", "source_agency", "source_contact"]
        return [self[name] for name in [*names, "anonymous", "keep_from_family", "method"] if name in self.fields]


class SharingForm(Form):
    """How it came to be shared with us."""

    why: ClassVar[dict[str, str]] = {
        "consent": "Families who are asked work with us more often; where asking would put a child at risk, nobody "
        "should have asked.",
        "basis": "The law asks on what each sharing rests. It is agreement less often than people think.",
        "parents_told": "So that nobody tells them by mistake, or assumes that somebody did.",
    }
    consent = RadioField(label="Was the family asked before we were told?", choices=Consent.choices)
    consent_why = WordsField(label="If not, or if they refused: why was it shared?", required=False, rows=2)
    basis = RadioField(
        label="On what was it shared?",
        choices=[(one.code, one.label) for one in lawful.bases().values()],
        hints={one.code: one.hint for one in lawful.bases().values()},
    )
    parents_told = RadioField(label="Do the parents know that we were told?", choices=YES_NO, inline=True)
    told_words = WordsField(label="Who was told and when; or why nobody was", rows=2)

    def sharing(self) -> Sharing:
        """Return how it was shared; all empty where nothing was said (an emergency)."""
        said = self.cleaned_data
        return Sharing(
            consent=said.get("consent") or "",
            why=said.get("consent_why") or "",
            basis=said.get("basis") or "",
            parents_told={"yes": True, "no": False}.get(said.get("parents_told") or ""),
            told_words=said.get("told_words") or "",
        )

    @property
    def shared(self) -> list[Any]:
        """The fields about sharing, in order."""
        return [self[name] for name in SHARING]


class ContactForm(SourceForm, SharingForm):
    """A contact: about whom, from whom, what the worry is, what is known, how it was shared, what was done at once."""

    why: ClassVar[dict[str, str]] = {
        **SourceForm.why,
        **SharingForm.why,
        "nature": "It chooses where the contact starts. It is how it sounds now, and may change.",
        "worry": "Their words are evidence; ours come later.",
        "safe": "A child who is not safe passes every earlier step by.",
        "recalled": "You point to it; the words stay where they were written.",
    }
    happened_on = DateField(label="When were we told?", not_future=True)
    happened_at = forms.TimeField(label="At what time?", required=False)
    nature = RadioField(label="What it is about", choices=Nature.choices)
    worry = WordsField(label="What are they worried about?", help_text="In their words, as near as you can.", rows=6)
    urgent = forms.BooleanField(label="Something must be done at once", required=False)
    done_now = WordsField(
        label="What was done at once", required=False, rows=2, help_text="Who was called, when, what they said."
    )
    recalled = ChecksField(label="What the record holds: tick what bears on this", required=False, small=True)
    known = WordsField(label="What you make of what is known", required=False, rows=3)
    anonymous = forms.BooleanField(label="They did not give their name", required=False)
    keep_from_family = forms.BooleanField(label="The family must not be told who told us", required=False)

    def __init__(self, *args: Any, people: Sequence[Person], known: Sequence[Entry], **kwargs: Any) -> None:
        """``people``: those named so far; ``known``: entries about them to choose from."""
        super().__init__(*args, **kwargs)
        self.people = list(people)
        self.entries = {str(entry.pk): entry for entry in known}
        recalled = self.fields["recalled"]
        assert isinstance(recalled, ChecksField)
        recalled.choices = [(pk, f"{_day(one)}: {one.summary}") for pk, one in self.entries.items()]
        for person in self.people:
            self._about(person)
        # In an emergency these may wait: the action says what else is missing.
        for name in SHARING:
            self.fields[name].required = False

    def _about(self, person: Person) -> None:
        pk, name = person.pk, person.shown_name
        adult = (person.age_on(timezone.localdate()) or 0) >= 18
        self.fields[f"part-{pk}"] = RadioField(
            label=f"What is {name} in this?",
            choices=Part.choices,
            initial=Part.FAMILY if adult else Part.CHILD,
            hints={Part.OTHER: "Named here only: nothing is written in their own record."},
        )
        self.fields[f"safe-{pk}"] = RadioField(
            label=f"Is {name} safe now?", choices=Safe.choices, required=False, inline=True
        )
        self.fields[f"words-{pk}"] = WordsField(
            label=f"For {name}'s record alone",
            required=False,
            rows=2,
            help_text="What the others' records must not hold.",
        )
        self.fields[f"said-{pk}"] = WordsField(label=f"What {name} said", required=False, rows=2)

    def clean_recalled(self) -> list[Entry]:
        """Return the entries that were ticked."""
        return [self.entries[pk] for pk in self.cleaned_data["recalled"]]

    def named(self) -> list[Named]:
        """Return everyone named, each with their own part."""
        said = self.cleaned_data
        return [
            Named(
                person,
                part=said[f"part-{person.pk}"],
                safe=said[f"safe-{person.pk}"] if said[f"part-{person.pk}"] == Part.CHILD else "",
                words=said[f"words-{person.pk}"],
                said=said[f"said-{person.pk}"],
            )
            for person in self.people
        ]

    @property
    def each(self) -> list[dict[str, Any]]:
        """Everyone named, with their fields, for the template."""
        return [
            {
                "person": person,
                "first": [self[f"{name}-{person.pk}"] for name in ("part", "safe")],
                "folded": [self[f"{name}-{person.pk}"] for name in ("words", "said")],
            }
            for person in self.people
        ]


class ConsultationForm(SourceForm):
    """A question from someone who wants advice before deciding."""

    why: ClassVar[dict[str, str]] = {
        **SourceForm.why,
        "checked": "Advice given without looking has missed children before.",
        "next_by": "So that both of you know whose move it is.",
    }
    asked_on = DateField(label="When did they ask?", not_future=True)
    question = WordsField(label="What did they ask?", help_text="In their words.")
    checked = WordsField(label="What you looked up, and what it showed", rows=2)
    advice = WordsField(label="What you advised")
    next_step = WordsField(label="The next step that you agreed", rows=2)
    next_by = forms.CharField(label="Who does it")

    def __init__(self, *args: Any, people: Sequence[Person], known: Sequence[Entry], **kwargs: Any) -> None:
        """``people``: those whom they named; ``known``: what the record holds of them, to be read."""
        super().__init__(*args, **kwargs)
        self.people, self.entries = list(people), list(known)
        self.fields["source"].label = "Who asks"


class PassOnForm(Form):
    """To which step, and why."""

    to = RadioField(label="Where it goes")
    reason = WordsField(label="Why it goes there", rows=2)

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        """``steps``: where it may go."""
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, RadioField)
        to.choices = [(step.code, step.label) for step in steps]


class FeedbackForm(Form):
    """What whoever told us was told."""

    why: ClassVar[dict[str, str]] = {"words": "People who hear what happened tell us again when it matters."}
    told_on = DateField(label="When were they told?", not_future=True)
    told_whom = forms.CharField(label="Who was told")
    method = RadioField(label="How", choices=Method.choices[:5])
    words = WordsField(
        label="What they were told", help_text="As much as they need, which is seldom all that was decided."
    )
    answer = WordsField(label="What they said to that", required=False, rows=2)


class DecideForm(Form):
    """What follows, for each child."""

    why: ClassVar[dict[str, str]] = {
        "options": "Whoever reads this later can see what else might have been done, and why it was not.",
        "primary_need": "The children in need census asks it of each referral.",
        "disagreed": "Being outvoted is not being wrong.",
    }
    reasons = WordsField(label="Why?", help_text="Plainly: the family may read it.")
    options = WordsField(
        label="What else was considered", required=False, help_text="With the good and the harm that each might do."
    )
    disagreed = WordsField(label="Who saw it differently, and how", required=False, rows=2)

    def __init__(
        self, *args: Any, children: Sequence[Person], outcomes: Sequence[Outcome], teams: Sequence[Team], **kwargs: Any
    ) -> None:
        """``outcomes``: what may be decided at this step; ``teams``: to whom a child may go."""
        super().__init__(*args, **kwargs)
        self.children, self.teams = list(children), {str(team.pk): team for team in teams}
        for child in self.children:
            self._about(child, outcomes)
        self.order_fields([*[name for name in self.fields if "-" in name], "reasons", "options", "disagreed"])

    def _about(self, child: Person, outcomes: Sequence[Outcome]) -> None:
        pk = child.pk
        self.fields[f"outcome-{pk}"] = RadioField(
            label=f"What follows for {child.shown_name}?",
            choices=[(one.code, one.label) for one in outcomes],
            hints={one.code: one.hint for one in outcomes},
        )
        self.fields[f"destination-{pk}"] = forms.CharField(
            label="Where to", required=False, help_text="For early help or another service: which, and who introduces."
        )
        self.fields[f"team-{pk}"] = forms.ChoiceField(
            label="Which team works with the child",
            required=False,
            choices=[("", "Whoever works with them now"), *((code, team.name) for code, team in self.teams.items())],
            help_text="For an assessment or a strategy discussion. The team's manager names the worker.",
        )
        self.fields[f"primary_need-{pk}"] = forms.ChoiceField(
            label="Primary need, if it is a referral",
            required=False,
            choices=[("", "Not stated yet"), *code_set("primary_need").choices()],
        )

    def decided(self) -> list[Decided]:
        """Return what is decided for each child."""
        said = self.cleaned_data
        return [
            Decided(
                child,
                said[f"outcome-{child.pk}"],
                destination=said[f"destination-{child.pk}"],
                team=self.teams.get(said[f"team-{child.pk}"]),
                primary_need=said[f"primary_need-{child.pk}"],
            )
            for child in self.children
        ]

    @property
    def each(self) -> list[dict[str, Any]]:
        """Each child with their fields, for the template."""
        names = ("outcome", "destination", "team", "primary_need")
        return [{"person": child, "fields": [self[f"{name}-{child.pk}"] for name in names]} for child in self.children]


def _day(entry: Entry) -> str:
    return f"{entry.happened_on.day} {entry.happened_on:%B %Y}"
