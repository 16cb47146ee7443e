"""Adding people to a family: someone found, someone new, someone created just now; and ending their place in it."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from throughline.core.access import door
from throughline.core.access.roles import Action
from throughline.core.errors import Refused
from throughline.core.recording import RecordingView
from throughline.record.families import actions, page
from throughline.record.families.forms import CreateMemberForm, JoinForm, LeaveForm, PlaceForm, TieFields
from throughline.record.families.models import Family, Membership
from throughline.record.people.models import Person
from throughline.record.people.views.finding import Create


class OfFamily(RecordingView):
    """A page that records something about a family."""

    template_name = "families/part.html"
    family_key = "pk"
    form_takes_people = True

    def reach(self) -> None:
        """Fetch the family for recording."""
        self.whole = page.whole(self.request.user, self.kwargs[self.family_key], Action.RECORD)
        self.family = self.whole.family

    def context(self) -> dict[str, Any]:
        """Give the page its family."""
        return {"family": self.family, "back": self.back()}

    def form_kwargs(self) -> dict[str, Any]:
        """Offer the people of the family."""
        return {"people": self.whole.people} if self.form_takes_people else {}

    def back(self) -> str:
        """Return the address of the family page."""
        return reverse("families:family", args=[self.family.pk])

    def act(self, form: Any) -> str:
        """Write, all of it or nothing, and go back to the family."""
        with transaction.atomic():
            self.write(form)
        return self.back()

    def write(self, form: Any) -> None:
        """Call the action."""
        raise NotImplementedError

    def member(self, pk: str | int) -> Person:
        """Return one of the family's people."""
        for one in self.whole.people:
            if one.pk == int(pk):
                return one
        raise door.NotFound


def tie(by: Any, form: TieFields, person: Person, others: list[Person]) -> None:
    """Record what ``person`` is to each of the others chosen; ask for the tick where it is unlikely."""
    about = form.tied()
    if not about["type"]:
        if others:
            raise Refused({"tie": "Choose what they are to those whom you ticked."})
        return
    if not others:
        raise Refused({"of": "Tick to whom."})
    asked: list[str] = []
    for other in others:
        if not about["confirmed"]:
            asked += actions.questions(by, person, other, about["type"])
    if asked:
        form.ask_to_confirm()
        raise Refused({"confirm": " ".join(dict.fromkeys(asked)) + " Tick to say that it is right, or mend it."})
    for other in others:
        try:
            actions.relate(by=by, person=person, other=other, **about)
        except Refused as refused:
            if "confirm" in refused.messages:
                form.ask_to_confirm()
            named = {"type": "tie", "other": "of"}
            raise Refused({named.get(field, field): said for field, said in refused.messages.items()}) from refused


class Join(OfFamily):
    """Add someone who was found."""

    form_class = JoinForm
    title = "Add to the family"
    button = "Add to the family"
    success = "Added."
    template_name = "families/join.html"

    def reach(self) -> None:
        """Fetch the person too: only someone who may be recorded about can be added."""
        super().reach()
        self.newcomer = door.person(self.request.user, self.kwargs["person"], page="who they are, to add to a family")

    def context(self) -> dict[str, Any]:
        """Show who is added."""
        return {**super().context(), "newcomer": self.newcomer}

    def write(self, form: Any) -> None:
        """Add the member and what they are to the others."""
        join(self.request.user, self.family, self.newcomer, form, self.whole.people)


def join(by: Any, family: Family, person: Person, form: Any, people: list[Person]) -> None:
    """Add a member, and what they are to those ticked."""
    said = form.cleaned_data
    actions.add_member(
        by=by,
        family=family,
        person=person,
        subject_child=said["subject_child"],
        started_on=said.get("started_on"),
    )
    tie(by, form, person, [one for one in people if str(one.pk) in said["of"]])


class CreateMember(Create):
    """Record someone new and add them to the family, in one act."""

    form_class = CreateMemberForm
    title = "Record someone new in the family"
    button = "Record and add to the family"

    def reach(self) -> None:
        """Fetch the family for recording."""
        self.whole = page.whole(self.request.user, self.kwargs["pk"], Action.RECORD)
        super().reach()

    def search_page(self) -> str:
        """Return where one searches for this family."""
        return reverse("families:add", args=[self.kwargs["pk"]])

    def form_kwargs(self) -> dict[str, Any]:
        """Offer the people of the family."""
        return {**super().form_kwargs(), "people": self.whole.people}

    def context(self) -> dict[str, Any]:
        """Give the page its family."""
        return {**super().context(), "family": self.whole.family}

    def act(self, form: Any) -> str:
        """Create and add: all of it or nothing."""
        with transaction.atomic():
            return super().act(form)

    def created(self, person: Person, form: Any) -> str:
        """Add the person just created."""
        join(self.request.user, self.whole.family, person, form, self.whole.people)
        return reverse("families:family", args=[self.whole.family.pk])


class Place(RecordingView):
    """Place someone whom the user has just created in a family that they work with."""

    form_class = PlaceForm
    template_name = "families/place.html"
    title = "Which family?"
    button = "Go on"
    success = ""

    def reach(self) -> None:
        """Ask that the person was created by this user just now, or may be recorded about."""
        self.newcomer = actions.newcomer(self.request.user, self.kwargs["pk"])
        self.families = list(page.to_place_in(self.request.user)[:200])

    def form_kwargs(self) -> dict[str, Any]:
        """Offer the families that the user may record about."""
        return {"families": self.families}

    def context(self) -> dict[str, Any]:
        """Show who is placed."""
        return {"newcomer": self.newcomer, "families": self.families}

    def act(self, form: Any) -> str:
        """Go on to what they are in that family."""
        return reverse("families:join_new", args=[form.cleaned_data["family"], self.newcomer.pk])


class JoinNew(Join):
    """Add someone whom the user has just created."""

    def reach(self) -> None:
        """Fetch the person by the creation, since nobody else reaches them yet."""
        OfFamily.reach(self)
        self.newcomer = actions.newcomer(self.request.user, self.kwargs["person"])


class Leave(OfFamily):
    """End someone's place in the family."""

    form_class = LeaveForm
    title = "No longer belongs to the family"
    button = "End their place"
    form_takes_people = False

    def reach(self) -> None:
        """Fetch the membership too."""
        super().reach()
        self.membership = door.one(self.request.user, Membership, self.kwargs["row"], Action.RECORD)
        if self.membership.family_id != self.family.pk:
            raise door.NotFound

    def write(self, form: Any) -> None:
        """End the place; the reason's field has a name of its own, since ``why`` says why fields are asked."""
        try:
            actions.end_membership(
                by=self.request.user,
                membership=self.membership,
                on=form.cleaned_data["on"],
                why=form.cleaned_data["why_left"],
            )
        except Refused as refused:
            raise Refused(
                {"why_left" if field == "why" else field: said for field, said in refused.messages.items()}
            ) from refused
