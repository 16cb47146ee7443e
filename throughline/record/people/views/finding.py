"""Finding a person, and recording one who was not found."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.errors import Refused
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest
from throughline.record.people import receipts, search, searches
from throughline.record.people.actions import create_person
from throughline.record.people.forms import CreateForm, FindForm
from throughline.record.people.models import Person
from throughline.record.people.names import words
from throughline.record.people.sought import Sought, names_typed, understood
from throughline.record.people.whom_to_ask import whom_to_ask

# As one types: enough to see whether one is right, few enough to read at a glance.
LIVE = 8
_LEAST_TYPED = 3


def find(request: SignedInRequest) -> HttpResponse:
    """Find a person. What is sought is kept in the session: no address ever holds a name."""
    door.require_somewhere(request.user, Action.VIEW)
    if request.headers.get("HX-Request") and request.method == "POST":
        return live(request)
    if request.method == "POST" or request.GET.get("text"):
        # The top bar of a browser without script asks by GET; the name leaves the address at once.
        form = FindForm(request.POST if request.method == "POST" else request.GET)
        if form.is_valid() and not form.sought().empty:
            return HttpResponseRedirect(f"{request.path}?search={searches.keep(request, form.sought())}")
        return render(request, "people/find.html", {"form": form, "asked_nothing": form.is_valid()})
    kept = searches.kept(request)
    if kept is None:
        return render(request, "people/find.html", {"form": FindForm(), "lost": "search" in request.GET})
    return render(request, "people/find.html", found(request, kept))


def found(request: SignedInRequest, kept: searches.Search) -> dict[str, Any]:
    """Return what a page of results shows, and note in the session that it was shown."""
    matches = search.find(request.user, kept.sought)
    searches.shown(request, kept, search.receipt(request.user, kept.sought, matches))
    placed, notes = understood(kept.sought)
    return {
        "form": FindForm(initial=kept.sought.as_data() | _dates(kept.sought)),
        "search": kept,
        "matches": matches,
        "notes": notes,
        "by_name": placed.by_name,
        "further": kept.sought.as_data().keys() - {"text", "tolerance", "weeks"},
        "whom_to_ask": whom_to_ask(),
        "may_record": reach.may_somewhere(request.user, Action.RECORD),
    }


def _dates(sought: Sought) -> dict[str, Any]:
    return {"date_of_birth": sought.date_of_birth, "expected_date": sought.expected_date}


def live(request: SignedInRequest) -> HttpResponse:
    """Answer as one types, with the first few; to create someone still takes the whole search."""
    form = FindForm(request.POST)
    context: dict[str, Any] = {"live": True, "whom_to_ask": whom_to_ask()}
    if form.is_valid() and len("".join(words(" ".join(map(str, form.sought().as_data().values()))))) >= _LEAST_TYPED:
        sought = form.sought()
        context["matches"] = search.find(request.user, sought, LIVE)
        receipts.noted(request.user, sought, context["matches"])
    return render(request, "people/found.html", context)


class Create(RecordingView):
    """Record a person who was looked for and not found."""

    form_class = CreateForm
    template_name = "people/create.html"
    title = "Record a new person"
    button = "Record this person"
    success = "Recorded."
    draft_kind = "person"
    search: searches.Search

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send whoever has not searched to the search."""
        kept = searches.kept(request)
        if kept is None or not kept.receipt:
            messages.info(request, "Search for the person first, so that nobody is recorded twice.")
            return HttpResponseRedirect(self.search_page())
        self.search = kept
        return super().dispatch(request, *args, **kwargs)

    def search_page(self) -> str:
        """Return where one searches."""
        return reverse("people:find")

    def reach(self) -> None:
        """Ask only that the role records at all: nobody is reached yet."""
        door.require_somewhere(self.request.user, Action.RECORD)
        self.matches = search.find(self.request.user, self.search.sought)

    def form_kwargs(self) -> dict[str, Any]:
        """Ask for the reason at once when people very like this one were found."""
        return {"strong": any(match.strong for match in self.matches)}

    def initial(self) -> dict[str, Any]:
        """Begin with what was looked for."""
        placed, _ = understood(self.search.sought)
        given, family = names_typed(self.search.sought)
        return {
            "given": given,
            "family": family,
            "date_of_birth": placed.date_of_birth,
            "date_of_birth_estimated": placed.estimated,
            "expected_date": placed.expected_date,
            "nhs": placed.identifier if placed.identifier.isdigit() else "",
        }

    def context(self) -> dict[str, Any]:
        """Show who was found beside the form."""
        return {
            "matches": self.matches[:5],
            "search": self.search,
            "search_page": f"{self.search_page()}?{urlencode({'search': self.search.key})}",
            "whom_to_ask": whom_to_ask(),
        }

    def draft_key(self) -> str:
        """Return the draft of this name: another search for it an hour later finds what was written."""
        named = " ".join(sorted(words(" ".join(names_typed(self.search.sought)))))
        return f"person:{self.request.path}:{hashlib.sha256(named.encode()).hexdigest()[:16]}"

    def act(self, form: Any) -> str:
        """Create the person."""
        try:
            return self.created(self.create(form), form)
        except Refused as refused:
            if "despite" in refused.messages:
                form.ask_why()
            raise

    def create(self, form: CreateForm) -> Person:
        """Call the action with what the form holds."""
        about = form.about()
        return create_person(
            by=self.request.user,
            receipt=self.search.receipt,
            **{name: about[name] for name in _ACTION_TAKES},
        )

    def created(self, person: Person, form: Any) -> str:
        """Return where to go: their details, or, for whoever could not open those, to place them in a family."""
        if reach.people(self.request.user).filter(pk=person.pk).exists():
            return reverse("people:details", args=[person.pk])
        return reverse("families:place", args=[person.pk])


_ACTION_TAKES = (
    "given", "family", "date_of_birth", "date_of_birth_estimated", "expected_date", "sex", "ethnicity", "languages",
    "identifiers", "despite",
)  # fmt: skip
