"""Who is whose, who lives where, who is around the children: recording it from the family page."""

from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.roles import Action
from throughline.record.families import actions
from throughline.record.families.forms import (
    HouseholdForm,
    MoveInForm,
    ProfessionalForm,
    RelateForm,
    ResponsibilityForm,
)
from throughline.record.families.models import Household, HouseholdMember, Involvement, Relationship
from throughline.record.families.relations import relation
from throughline.record.families.views.joining import OfFamily, tie
from throughline.record.people.forms import EndForm


class Relate(OfFamily):
    """Record what one member is to others."""

    form_class = RelateForm
    title = "Who is whose"

    def write(self, form: Any) -> None:
        """Record each relationship."""
        said = form.cleaned_data
        others = [self.member(pk) for pk in said["of"]]
        tie(self.request.user, form, self.member(said["person"]), others)


class _OfTie(OfFamily):
    """A page about one relationship of the family."""

    form_takes_people = False

    def reach(self) -> None:
        """Fetch the relationship too: both of its ends belong here."""
        super().reach()
        self.tie = door.one(self.request.user, Relationship, self.kwargs["row"], Action.RECORD)
        ids = {one.pk for one in self.whole.people}
        if not {self.tie.person_id, self.tie.other_id} <= ids:
            raise door.NotFound

    def context(self) -> dict[str, Any]:
        """Say whose relationship it is."""
        words = relation(self.tie.type).words(self.tie.person.sex)
        line = f"{self.tie.person.shown_name}, {words} of {self.tie.other.shown_name}"
        return {**super().context(), "about": line}


class Responsibility(_OfTie):
    """Record parental responsibility and main care."""

    form_class = ResponsibilityForm
    title = "Parental responsibility and care"

    def initial(self) -> dict[str, Any]:
        """Begin with what is recorded."""
        return {
            "held": self.tie.parental_responsibility,
            "responsibility_basis": self.tie.responsibility_basis,
            "main_carer": self.tie.main_carer,
            "note": self.tie.note,
        }

    def write(self, form: Any) -> None:
        """Record it."""
        said = form.cleaned_data
        actions.set_responsibility(
            by=self.request.user,
            relationship=self.tie,
            held=said["held"],
            basis=said["responsibility_basis"],
            main_carer=said["main_carer"],
            note=said["note"],
        )


class EndTie(_OfTie):
    """End a relationship."""

    form_class = EndForm
    title = "End a relationship"
    button = "Save the end"

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return EndForm.today()

    def write(self, form: Any) -> None:
        """End it."""
        actions.end_relationship(by=self.request.user, relationship=self.tie, on=form.cleaned_data["on"])


class AddHousehold(OfFamily):
    """Add a household, with those who live there."""

    form_class = HouseholdForm
    title = "Add a household"

    def write(self, form: Any) -> None:
        """Make it and move people in."""
        home = actions.make_household(by=self.request.user, family=self.family, label=form.cleaned_data["label"])
        for pk in form.cleaned_data["members"]:
            actions.move_in(by=self.request.user, household=home, person=self.member(pk))


class MoveIn(OfFamily):
    """Record that someone lives in a household."""

    form_class = MoveInForm
    title = "Who moved in"

    def reach(self) -> None:
        """Fetch the household too."""
        super().reach()
        self.household = door.one(self.request.user, Household, self.kwargs["row"], Action.RECORD)
        if self.household.family_id != self.family.pk:
            raise door.NotFound

    def context(self) -> dict[str, Any]:
        """Say which household."""
        return {**super().context(), "about": self.household.label}

    def write(self, form: Any) -> None:
        """Record the move."""
        said = form.cleaned_data
        actions.move_in(
            by=self.request.user,
            household=self.household,
            person=self.member(said["person"]),
            started_on=said["started_on"],
            part_time=said["part_time"],
        )


class AddProfessional(OfFamily):
    """Add a professional around one or more of the children."""

    form_class = ProfessionalForm
    title = "Add a professional"

    def initial(self) -> dict[str, Any]:
        """Begin with the only child, where there is one."""
        people = self.whole.people
        return {"children": [str(people[0].pk)]} if len(people) == 1 else {}

    def write(self, form: Any) -> None:
        """Record the professional around each."""
        said = dict(form.cleaned_data)
        for pk in said.pop("children"):
            actions.add_professional(by=self.request.user, person=self.member(pk), **said)


class End(OfFamily):
    """End someone's living in a household, or a professional's part."""

    form_class = EndForm
    button = "Save the end"
    form_takes_people = False

    def reach(self) -> None:
        """Fetch the row too."""
        super().reach()
        kinds: dict[str, tuple[Any, str]] = {
            "living": (HouseholdMember, "No longer lives there"),
            "professional": (Involvement, "No longer works with the child"),
        }
        if self.kwargs["part"] not in kinds:
            raise Http404
        model, self.title = kinds[self.kwargs["part"]]
        self.row: Any = door.one(self.request.user, model, self.kwargs["row"], Action.RECORD)
        if self.row.person_id not in {one.pk for one in self.whole.people}:
            raise door.NotFound

    def initial(self) -> dict[str, date]:
        """Begin with today."""
        return {"on": timezone.localdate()}

    def write(self, form: Any) -> None:
        """End it."""
        day = form.cleaned_data["on"]
        if self.kwargs["part"] == "living":
            actions.move_out(by=self.request.user, membership=self.row, on=day)
        else:
            actions.end_involvement(by=self.request.user, involvement=self.row, on=day)
