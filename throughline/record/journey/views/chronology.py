"""Chronologies: choose, write, order, print."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughline.core.access import door
from throughline.core.access.roles import Action
from throughline.core.forms import Form
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest
from throughline.record.journey import chronologies, queries
from throughline.record.journey.forms import ChronologyForm, ItemForm, OwnItemForm
from throughline.record.journey.models import Chronology, ChronologyItem
from throughline.record.journey.story import Filters

# A chronology is chosen from what is there: enough to hold a childhood on one page of ticks.
LISTED = 500


def all_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the child's chronologies."""
    person = door.person(request.user, pk, page="the child's chronologies")
    return render(
        request, "journey/chronologies.html", {"person": person, "listed": queries.chronologies(request.user, person)}
    )


class Make(RecordingView):
    """Begin a chronology."""

    form_class = ChronologyForm
    title = "New chronology"
    draft_kind = "chronology"

    def reach(self) -> None:
        """Fetch the child for this user."""
        self.person = door.person(self.request.user, self.kwargs["pk"], Action.RECORD, page="a form for a chronology")

    def context(self) -> dict[str, Any]:
        """Add the child."""
        return {"person": self.person}

    def draft_title(self) -> str:
        """Name the draft."""
        return "A chronology"

    def draft_person_id(self) -> int:
        """Say whose draft it is."""
        return int(self.person.pk)

    def act(self, form: Form) -> str:
        """Make it and go on to choosing."""
        values = form.cleaned_data
        made = chronologies.make(
            by=self.request.user, person=self.person, title=values["title"], purpose=values["purpose"] or ""
        )
        return reverse("journey:chronology_choose", args=[made.pk])


def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a chronology, as it would be printed."""
    one = _chronology(request, pk)
    door.looked(request.user, one.person_id, "a chronology")
    return render(
        request,
        "journey/chronology.html",
        {"person": one.person, "chronology": one, "items": list(one.items.all())},
    )


def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the child's story with a tick for each entry; add the ticked ones."""
    one = _chronology(request, pk, Action.RECORD)
    if request.method == "POST":
        ids = [int(value) for value in request.POST.getlist("entry") if value.isdigit()]
        chronologies.choose(by=request.user, chronology=one, entry_ids=ids)
        return redirect("journey:chronology", pk=one.pk)
    door.looked(request.user, one.person_id, "the entries that a chronology may hold")
    return render(
        request,
        "journey/chronology_choose.html",
        {
            "person": one.person,
            "chronology": one,
            "lines": queries.story(request.user, one.person, Filters(), size=LISTED).lines,
            "chosen": set(one.items.values_list("entry_id", flat=True)),
        },
    )


class AddOwn(RecordingView):
    """Add an event that no entry holds."""

    form_class = OwnItemForm
    title = "Add an event that is not in the record"
    draft_kind = "chronology-own"

    def reach(self) -> None:
        """Fetch the chronology for this user."""
        self.chronology = _chronology(self.request, self.kwargs["pk"], Action.RECORD)

    def context(self) -> dict[str, Any]:
        """Add the child."""
        return {"person": self.chronology.person}

    def act(self, form: Form) -> str:
        """Add it."""
        values = form.cleaned_data
        chronologies.add_own(
            by=self.request.user,
            chronology=self.chronology,
            happened_on=values["happened_on"],
            event=values["event"],
            significance=values["significance"] or "",
        )
        return reverse("journey:chronology", args=[self.chronology.pk])


class WriteItem(RecordingView):
    """Say why an event matters, and what one makes of it."""

    form_class = ItemForm
    title = "Why it matters"
    draft_kind = "chronology-event"

    def reach(self) -> None:
        """Fetch the event for this user."""
        self.item = _item(self.request, self.kwargs["pk"])

    def initial(self) -> dict[str, Any]:
        """Begin with what is written."""
        return {
            "event": self.item.event,
            "significance": self.item.significance,
            "analysis": self.item.analysis,
            "version": self.item.chronology.version,
        }

    def context(self) -> dict[str, Any]:
        """Add the child."""
        return {"person": self.item.chronology.person}

    def act(self, form: Form) -> str:
        """Save it."""
        values = form.cleaned_data
        chronologies.write(
            by=self.request.user,
            item=self.item,
            version=values["version"],
            event=values["event"],
            significance=values["significance"] or "",
            analysis=values["analysis"] or "",
        )
        return reverse("journey:chronology", args=[self.item.chronology_id])


@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move an event up or down."""
    item = _item(request, pk)
    chronologies.move(by=request.user, item=item, up="up" in request.POST)
    return redirect("journey:chronology", pk=item.chronology_id)


@require_POST
def take_out(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an event out of the chronology."""
    item = _item(request, pk)
    chronologies.take_out(by=request.user, item=item)
    return redirect("journey:chronology", pk=item.chronology_id)


@require_POST
def order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the events in order of date."""
    one = _chronology(request, pk, Action.RECORD)
    chronologies.order_by_date(by=request.user, chronology=one)
    return redirect("journey:chronology", pk=one.pk)


def _chronology(request: SignedInRequest, pk: int, action: Action = Action.VIEW) -> Chronology:
    return door.one(request.user, Chronology, pk, action)


def _item(request: SignedInRequest, pk: int) -> ChronologyItem:
    return door.one(request.user, ChronologyItem, pk, Action.RECORD)
