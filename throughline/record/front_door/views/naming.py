"""Naming people on a sheet: always a search first, then one who is known or one who is new."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from throughline.core import drafts
from throughline.core.access import door
from throughline.core.access.roles import Action
from throughline.core.requests import SignedInRequest
from throughline.record.people import searches
from throughline.record.people.forms import FindForm
from throughline.record.people.models import Person
from throughline.record.people.views import finding

TITLES = {"contact": "Contact", "consultation": "Consultation"}


def people(request: SignedInRequest, what: str, sheet: str) -> HttpResponse:
    """Search for someone to name on the sheet; naming one of those found is a POST with their number."""
    door.require_somewhere(request.user, Action.RECORD)
    back = reverse(f"front_door:{what}_sheet", args=[sheet])
    chosen = request.POST.get("person", "")
    if request.method == "POST" and chosen.isdecimal() and len(chosen) < 19:
        one = door.person(request.user, int(chosen), Action.RECORD)
        add(request, what, sheet, one)
        return HttpResponseRedirect(f"{back}#people")
    here = reverse(f"front_door:{what}_people", args=[sheet])
    context: dict[str, Any] = {"back": back, "here": here, "what": what, "sheet": sheet}
    if request.method == "POST":
        form = FindForm(request.POST)
        if form.is_valid() and not form.sought().empty:
            return HttpResponseRedirect(f"{here}?search={searches.keep(request, form.sought())}")
        return render(request, "front_door/people.html", {**context, "form": form, "asked_nothing": form.is_valid()})
    kept = searches.kept(request)
    if kept is None:
        return render(
            request, "front_door/people.html", {**context, "form": FindForm(), "lost": "search" in request.GET}
        )
    return render(request, "front_door/people.html", {**context, **finding.found(request, kept)})


def add(request: SignedInRequest, what: str, sheet: str, person: Person) -> None:
    """Name a person on the sheet's draft, which is made where there is none yet."""
    key = f"{what}_sheet:{sheet}"
    draft = drafts.load(request.user, key)
    data = dict(draft.data) if draft else {}
    data["people"] = list(dict.fromkeys([*data.get("people", []), str(person.pk)]))
    drafts.save(request.user, key, TITLES[what], reverse(f"front_door:{what}_sheet", args=[sheet]), None, data)


class Create(finding.Create):
    """Record someone who was looked for and not found, and name them on the sheet."""

    def search_page(self) -> str:
        """Return the sheet's own search."""
        return reverse(f"front_door:{self.kwargs['what']}_people", args=[self.kwargs["sheet"]])

    def created(self, person: Person, form: Any) -> str:
        """Name them on the sheet and go back to it."""
        what, sheet = self.kwargs["what"], self.kwargs["sheet"]
        add(self.request, what, sheet, person)
        return f"{reverse(f'front_door:{what}_sheet', args=[sheet])}#people"
