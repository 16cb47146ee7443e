"""The family page, and the way to it from a person."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.errors import Refused
from throughline.core.requests import SignedInRequest
from throughline.record.families import actions, page
from throughline.record.families.page import Whole
from throughline.record.people import queries as people
from throughline.record.people import searches
from throughline.record.people.forms import FindForm
from throughline.record.people.views.finding import found


def family(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a family: who belongs, who is whose, who lives where, who holds responsibility, who is around them."""
    whole = page.whole(request.user, pk)
    look(request, whole, "the family page")
    return render(request, "families/family.html", {"family": whole.family, "whole": whole})


def look(request: SignedInRequest, whole: Whole, what: str) -> None:
    """Write the look to the account of each child whom the page is about (of everyone, where there is no child)."""
    for one in whole.children or whole.others:
        door.looked(request.user, one.person.pk, what)


def of(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead from a person to their family; where they have several or none, say so."""
    person = people.framed(request.user, pk, "who is around them")
    families = page.of_person(request.user, pk)
    if len(families) == 1:
        return HttpResponseRedirect(reverse("families:family", args=[families[0].pk]))
    may_record = reach.people(request.user, Action.RECORD).filter(pk=pk).exists()
    return render(request, "families/of.html", {"person": person, "families": families, "may_record": may_record})


def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look for someone to add to the family."""
    whole = page.whole(request.user, pk, Action.RECORD)
    context = {"family": whole.family, "form": FindForm()}
    if request.method == "POST":
        form = FindForm(request.POST)
        if form.is_valid() and not form.sought().empty:
            return HttpResponseRedirect(f"{request.path}?search={searches.keep(request, form.sought())}")
        context |= {"form": form, "asked_nothing": form.is_valid()}
    elif kept := searches.kept(request):
        context |= found(request, kept)
    elif "search" in request.GET:
        messages.info(request, "That search has ended with your session. Search once more.")
    return render(request, "families/add.html", context)


@require_POST
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a family with this person as its first child."""
    person = people.framed(request.user, pk, "who is around them", Action.RECORD)
    try:
        made = actions.make_family(by=request.user, people=[person], subject_children=[person])
    except Refused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(reverse("families:of", args=[pk]))
    return HttpResponseRedirect(reverse("families:family", args=[made.pk]))
