"""Who a person is, and each part of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughline.core.access import door
from throughline.core.access.roles import Action
from throughline.core.errors import Refused
from throughline.core.forms import Form
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest
from throughline.record.people import actions, queries
from throughline.record.people.forms import (
    AddressForm,
    ContactForm,
    DetailsForm,
    DisabilityForm,
    EndForm,
    NameForm,
    NumberForm,
    WarningForm,
)
from throughline.record.people.models import ContactDetail, Disability, Identifier, Name, Residence, Warning

# What can be added in place, below what is there: its part of the page, its form, its words.
PLACES: dict[str, tuple[type[Form], str]] = {
    "name": (NameForm, "Add a name"),
    "contact": (ContactForm, "Add a telephone number or email"),
    "address": (AddressForm, "Add an address"),
    "number": (NumberForm, "Add a number"),
    "warning": (WarningForm, "Add a warning"),
}


def details(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show all that is recorded about who a person is."""
    found = queries.details(request.user, pk)
    adding = {}
    if found.may_record:
        adding = {part: (form(auto_id=f"{part}_%s"), words) for part, (form, words) in PLACES.items()}
    return render(request, "people/details.html", {"person": found.person, "about": found, "adding": adding})


class Part(RecordingView):
    """One part of a person's details: fetched for recording, led back to the details."""

    template_name = "people/part.html"
    page = "the details, to change them"
    success = "Saved."

    def reach(self) -> None:
        """Fetch the person for recording."""
        self.person = queries.framed(self.request.user, self.kwargs["pk"], self.page, Action.RECORD)

    def back(self) -> str:
        """Return the address of the details."""
        return reverse("people:details", args=[self.person.pk])

    def context(self) -> dict[str, Any]:
        """Give the page its person."""
        return {"person": self.person, "back": self.back()}

    def act(self, form: Any) -> str:
        """Write, and go back to the details."""
        self.write(form)
        return self.back()

    def write(self, form: Any) -> None:
        """Call the action."""
        raise NotImplementedError


class Change(Part):
    """Change who the person is."""

    form_class = DetailsForm
    title = "Change details"
    draft_kind = "details"

    def initial(self) -> dict[str, Any]:
        """Begin with what is recorded."""
        return DetailsForm.of(self.person)

    def write(self, form: Any) -> None:
        """Change what differs."""
        actions.change_details(
            by=self.request.user, person=self.person, version=form.cleaned_data["version"], changes=form.changes()
        )


class Disabilities(Part):
    """Record disabilities."""

    form_class = DisabilityForm
    title = "Disabilities"

    def initial(self) -> dict[str, Any]:
        """Begin with what is recorded."""
        # access: of the person whom reach() fetched through the door
        held = list(Disability.objects.filter(person=self.person))
        return {
            "version": self.person.version,
            "disabilities": [one.code for one in held],
            "disability_words": next((one.words for one in held if one.words), ""),
        }

    def write(self, form: Any) -> None:
        """Record the set as it stands."""
        said = form.cleaned_data
        actions.set_disabilities(
            by=self.request.user,
            person=self.person,
            codes=said["disabilities"],
            words=said["disability_words"],
            version=said["version"],
        )


class Add(Part):
    """Add a name, a number, an address, a way to reach the person, or a warning."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Choose the form by the address."""
        super().setup(request, *args, **kwargs)
        if kwargs["part"] not in PLACES:
            raise Http404
        self.form_class, self.title = PLACES[kwargs["part"]]  # type: ignore[misc]

    def write(self, form: Any) -> None:
        """Call the action of the part."""
        said = form.cleaned_data
        by, person = self.request.user, self.person
        part = self.kwargs["part"]
        if part == "name":
            actions.add_name(by=by, person=person, **said)
        elif part == "number":
            actions.add_identifier(by=by, person=person, **said)
        elif part == "address":
            actions.add_address(by=by, person=person, **said)
        elif part == "contact":
            actions.add_contact(by=by, person=person, **{**said, "safe": said["safe"] == "yes"})
        else:
            actions.add_warning(by=by, person=person, **said)


@dataclass(frozen=True)
class Ending:
    """How a row of the details ends: its model, its action, its words."""

    model: type[Model]
    act: Callable[..., Any]
    argument: str
    title: str


ENDINGS: dict[str, Ending] = {
    "name": Ending(Name, actions.end_name, "name", "End the use of a name"),
    "number": Ending(Identifier, actions.end_identifier, "identifier", "End a number"),
    "address": Ending(Residence, actions.end_address, "residence", "End an address"),
    "contact": Ending(ContactDetail, actions.end_contact, "contact", "End a way to reach the person"),
    "warning": Ending(Warning, actions.end_warning, "warning", "End a warning"),
}


class End(Part):
    """Say when something ended. It stays in the history, and is still found."""

    form_class: ClassVar[type[Form]] = EndForm
    button = "Save the end"

    def reach(self) -> None:
        """Fetch the row too, and see that it is this person's."""
        super().reach()
        self.ending = ENDINGS.get(self.kwargs["part"])
        if self.ending is None:
            raise Http404
        row: Any = door.one(self.request.user, self.ending.model, self.kwargs["row"], Action.RECORD)
        self.row = row
        if row.person_id != self.person.pk:
            raise door.NotFound
        self.title = self.ending.title

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return EndForm.today()

    def write(self, form: Any) -> None:
        """Call the action of the part."""
        assert self.ending is not None
        self.ending.act(by=self.request.user, on=form.cleaned_data["on"], **{self.ending.argument: self.row})


@require_POST
def show_name(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Make a name the one shown on screen."""
    queries.framed(request.user, pk, "the details, to change them", Action.RECORD)
    name: Name = door.one(request.user, Name, row, Action.RECORD)
    if name.person_id != pk:
        raise door.NotFound
    try:
        actions.show_name(by=request.user, name=name)
    except Refused as refused:
        messages.warning(request, str(refused))
    return HttpResponseRedirect(reverse("people:details", args=[pk]))


def address(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Show one address that is kept confidential, to those who may record about the person; the look is logged."""
    person = queries.framed(request.user, pk, "a confidential address", Action.RECORD)
    residence = door.one(request.user, Residence, row, Action.RECORD)
    if residence.person_id != pk:
        raise door.NotFound
    return render(request, "people/address.html", {"person": person, "residence": residence})
