"""Pages of visits: recording one, reading one, answering for a child who was not seen."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.roles import Action
from throughline.core.documents import queries as documents
from throughline.core.errors import Refused
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest
from throughline.record.journey import queries as journey
from throughline.record.journey.models import Entry
from throughline.record.visits import actions, queries
from throughline.record.visits.forms import AnswerForm, VisitForm
from throughline.record.visits.models import Visit, Where


class Record(RecordingView):
    """Record a visit to a child and the other children of the family."""

    form_class = VisitForm
    template_name = "visits/record.html"
    title = "Record a visit"
    button = "Save the visit"
    draft_kind = "visit"
    success = "The visit is recorded."

    def reach(self) -> None:
        """Fetch the child and the family, of whom the user may record about."""
        self.person = door.person(self.request.user, self.kwargs["pk"], Action.RECORD, page="the visit form")
        self.family, company = journey.company(self.request.user, self.person)
        today = timezone.localdate()
        self.children = [self.person]
        self.adults: list[Any] = []
        for one in company:
            if one.pk == self.person.pk:
                continue
            age = one.age_on(today)
            (self.adults if age is not None and age >= 18 else self.children).append(one)

    def form_kwargs(self) -> dict[str, Any]:
        """Ask after each child."""
        return {"children": self.children, "adults": self.adults}

    def initial(self) -> dict[str, Any]:
        """Begin with today and home, as most visits are."""
        return {"happened_on": timezone.localdate(), "where": Where.HOME}

    def context(self) -> dict[str, Any]:
        """Add the child."""
        return {"person": self.person}

    def act(self, form: VisitForm) -> str:
        """Record it and go back to the child."""
        given = form.cleaned_data
        try:
            actions.record_visit(
                by=self.request.user,
                family=self.family,
                parts=form.parts(),
                uploads=form.uploads(),
                **{
                    name: given[name]
                    for name in (
                        "happened_on", "happened_at", "where", "where_words", "purpose", "words", "what_changed"
                    )
                },
            )  # fmt: skip
        except Refused as refused:
            # Nobody was part of the visit: say it at the first child.
            if "people" in refused.messages:
                refused.messages[f"seen-{self.person.pk}"] = refused.messages.pop("people")
            raise
        return reverse("journey:child", args=[self.person.pk])


class Answer(RecordingView):
    """Write down what the worker makes of a child not having been seen."""

    form_class = AnswerForm
    template_name = "visits/answer.html"
    title = "Not seen"
    draft_kind = "unseen"
    success = "Your reasoning is recorded."

    def reach(self) -> None:
        """Fetch the child, and the visits at which they were missed."""
        self.person = door.person(
            self.request.user, self.kwargs["pk"], Action.RECORD, page="visits at which they were not seen"
        )
        found = queries.unseen(self.request.user, [self.person.pk], timezone.localdate())
        self.attention = found.get(self.person.pk)

    def context(self) -> dict[str, Any]:
        """Add what is known."""
        return {"person": self.person, "attention": self.attention}

    def act(self, form: AnswerForm) -> str:
        """Record the answer."""
        actions.answer_unseen(by=self.request.user, person=self.person, words=form.cleaned_data["words"])
        return reverse("journey:child", args=[self.person.pk])


def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a visit: who was seen, each one's part that this user may read, drawings, what changed."""
    visit = door.one(request.user, Visit, pk)
    entry = door.one(request.user, Entry, pk)
    parts = journey.parts_of(request.user, entry)
    for part in parts:
        door.looked(request.user, part.person_id, "a visit")
    drawn: dict[int, list[Any]] = {}
    for document in documents.of_entries(request.user, [pk]).get(pk, []):
        drawn.setdefault(document.person_id, []).append(document)
    return render(
        request,
        "visits/read.html",
        {
            "visit": visit,
            "entry": entry,
            "parts": [{"part": part, "documents": drawn.get(part.person_id, [])} for part in parts],
            "others": journey.unread_parts(entry, parts),
            "person": parts[0].person,
        },
    )
