"""Recording what has no room of its own, reading one entry, and revising it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.documents import queries as documents
from throughline.core.forms import Form
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest
from throughline.record.journey import actions, queries, recording
from throughline.record.journey.forms import EntryForm, ReviseForm
from throughline.record.journey.kinds import kind as known_kind
from throughline.record.journey.models import Entry

# Kinds with a room of their own: what the chooser says, and where it leads.
ELSEWHERE = [
    ("visits:record", "A visit", "Who was seen, and what they said."),
    ("assessment:begin", "An assessment", "Understand the family with them."),
    ("plans:begin", "A plan", "What needs to change, and who will help."),
    ("documents:keep", "A document, drawing or photograph", "Kept with its versions."),
    ("journey:chronologies", "A chronology", "Choose what mattered, and say why."),
]


def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask what happened."""
    person = door.person(request.user, pk, Action.RECORD)
    door.looked(request.user, pk, "the list of what can be recorded")
    elsewhere = [
        {"url": url, "ask": ask, "why": why} for name, ask, why in ELSEWHERE if (url := _address(name, pk)) is not None
    ]
    return render(
        request,
        "journey/choose.html",
        {"person": person, "recordable": recording.RECORDABLE.values(), "elsewhere": elsewhere},
    )


def _address(name: str, pk: int) -> str | None:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return None


# Where the room of a kind shows the whole of it.
_ROOMS = {
    "visit": "visits:read",
    "assessment": "assessment:read",
    "plan": "plans:plan",
    "contact": "front_door:open",
}


def _whole(one: Entry) -> str | None:
    """Return where the whole of an entry is shown, if its kind has a room."""
    return _address(_ROOMS[one.kind], one.pk) if one.kind in _ROOMS else None


class Write(RecordingView):
    """Record one entry of a free kind."""

    form_class = EntryForm
    template_name = "journey/write.html"
    draft_kind = "entry"

    def reach(self) -> None:
        """Fetch the child, and the family's people, for this user."""
        if self.kwargs["kind"] not in recording.RECORDABLE:
            raise door.NotFound
        self.recordable = recording.RECORDABLE[self.kwargs["kind"]]
        self.person = door.person(self.request.user, self.kwargs["pk"], Action.RECORD, page="a form to record")
        self.family, self.people = queries.company(self.request.user, self.person)
        self.title = self.recordable.ask

    def form_kwargs(self) -> dict[str, Any]:
        """Tell the form who may be chosen."""
        return {"people": self.people, "about": self.person, "recordable": self.recordable}

    def context(self) -> dict[str, Any]:
        """Add the child and why this is asked."""
        return {"person": self.person, "recordable": self.recordable}

    def draft_title(self) -> str:
        """Name the draft by its kind."""
        return self.recordable.ask

    def draft_person_id(self) -> int:
        """Say whose draft it is."""
        return int(self.person.pk)

    def act(self, form: Form) -> str:
        """Record it and go back to the child."""
        assert isinstance(form, EntryForm)
        values = form.cleaned_data
        recording.record(
            by=self.request.user,
            kind=self.recordable.code,
            happened_on=values["happened_on"],
            happened_at=values.get("happened_at"),
            parts=form.parts(),
            words=values.get("words") or "",
            family=self.family,
            author_name=values.get("author_name") or "",
            decision=values.get("decision") or "",
            reason=values.get("reason") or "",
        )
        return reverse("journey:child", args=[self.person.pk])


def entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read one entry: shared words, each person's part that this user may read, what followed, what changed."""
    one = door.one(request.user, Entry, pk)
    parts = queries.parts_of(request.user, one)
    door.looked(request.user, parts[0].person_id, "an entry")
    return render(
        request,
        "journey/entry.html",
        {
            "entry": one,
            "kind": known_kind(one.kind),
            "parts": parts,
            "person": parts[0].person,
            "others": queries.unread_parts(one, parts),
            "wordings": queries.wordings(one),
            "whole": _whole(one),
            "documents": documents.of_entries(request.user, [one.pk]).get(one.pk, []),
            "before": queries.linked(request.user, one),
            "after": queries.that_follow(request.user, one),
            "may_revise": one.kind in recording.RECORDABLE
            and reach.people(request.user, Action.RECORD).filter(pk=parts[0].person_id).exists(),
        },
    )


class Revise(RecordingView):
    """New words for an entry."""

    form_class = ReviseForm
    title = "Revise what was recorded"
    draft_kind = "revise"

    def reach(self) -> None:
        """Fetch the entry for this user."""
        self.entry = door.one(self.request.user, Entry, self.kwargs["pk"], Action.RECORD)
        if self.entry.kind not in recording.RECORDABLE:
            raise door.NotFound
        self.person = queries.parts_of(self.request.user, self.entry)[0].person
        door.looked(self.request.user, self.person.pk, "a form to revise an entry")

    def initial(self) -> dict[str, Any]:
        """Begin with what is recorded now."""
        return {
            "words": self.entry.words,
            "happened_on": self.entry.happened_on,
            "version": self.entry.version,
        }

    def context(self) -> dict[str, Any]:
        """Add the child."""
        return {"person": self.person}

    def draft_title(self) -> str:
        """Name the draft."""
        return "A revision"

    def draft_person_id(self) -> int:
        """Say whose draft it is."""
        return int(self.person.pk)

    def act(self, form: Form) -> str:
        """Save the new words."""
        values = form.cleaned_data
        actions.revise_entry(
            by=self.request.user,
            entry=self.entry,
            version=values["version"],
            changes={"words": values["words"] or "", "happened_on": values["happened_on"]},
        )
        return reverse("journey:entry", args=[self.entry.pk])
