"""Pages of time frames: their story, and the acts on them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.clocks import actions, queries
from throughline.core.clocks.forms import AgreeForm, ExplainForm, MoveForm, ReviewForm, ToldForm
from throughline.core.clocks.models import Move, TimeFrame
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest


def frame(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read one time frame: why it is due then, each date it has had, each review."""
    found = door.one(request.user, TimeFrame, pk)
    person = door.person(request.user, found.person_id, page="a time frame")
    found = queries.every(request.user, found.person_id).select_related("set_by").get(pk=pk)
    moves = list(found.moves.all())
    return render(
        request,
        "clocks/page.html",
        {
            "frame": found,
            "person": person,
            "first_due": moves[0].due_before if moves else found.due_on,
            "may_record": reach.people(request.user, Action.RECORD).filter(pk=person.pk).exists(),
        },
    )


class _OfFrame(RecordingView):
    template_name = "clocks/form.html"

    def reach(self) -> None:
        """Fetch the frame and whose it is, for recording."""
        self.frame = door.one(self.request.user, TimeFrame, self.kwargs["pk"])
        self.person = door.person(
            self.request.user, self.frame.person_id, Action.RECORD, page="a form about a time frame"
        )

    def context(self) -> dict[str, Any]:
        """Add the frame and the person."""
        return {"frame": self.frame, "person": self.person}

    def back(self) -> str:
        """Return to the frame's own page."""
        return reverse("clocks:frame", args=[self.frame.pk])


class MoveFrame(_OfFrame):
    """Move a time frame."""

    form_class = MoveForm
    title = "Move the date"
    draft_kind = "move_frame"
    success = "The date has moved. The earlier one is kept."

    def initial(self) -> dict[str, Any]:
        """Begin with the version that was read."""
        return {"version": self.frame.version, "due_on": self.frame.due_on}

    def act(self, form: MoveForm) -> str:
        """Move it."""
        given = form.cleaned_data
        actions.move(
            by=self.request.user,
            frame=self.frame,
            due_on=given["due_on"],
            reason=given["reason"],
            told=form.names(),
            version=given["version"],
        )
        return self.back()


class ReviewFrame(_OfFrame):
    """Review a time frame."""

    form_class = ReviewForm
    title = "Review the time frame"
    draft_kind = "review_frame"

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return {"held_on": timezone.localdate()}

    def act(self, form: ReviewForm) -> str:
        """Record the review."""
        actions.review(by=self.request.user, frame=self.frame, **form.cleaned_data)
        return self.back()


class ExplainFrame(_OfFrame):
    """Explain a delay."""

    form_class = ExplainForm
    title = "Explain the delay"
    draft_kind = "explain_frame"

    def initial(self) -> dict[str, Any]:
        """Begin with what was written before."""
        return {"explanation": self.frame.explanation}

    def act(self, form: ExplainForm) -> str:
        """Write it down."""
        actions.explain_delay(by=self.request.user, frame=self.frame, **form.cleaned_data)
        return self.back()


class Tell(_OfFrame):
    """Add who was told of a move."""

    form_class = ToldForm
    title = "Who was told"

    def reach(self) -> None:
        """Fetch the move, and through it the frame."""
        self.move = door.one(self.request.user, Move, self.kwargs["pk"])
        self.frame = door.one(self.request.user, TimeFrame, self.move.frame_id)
        self.person = door.person(
            self.request.user, self.frame.person_id, Action.RECORD, page="a form about a time frame"
        )

    def act(self, form: ToldForm) -> str:
        """Add them."""
        actions.tell(by=self.request.user, move=self.move, told=form.names())
        return self.back()


class Agree(RecordingView):
    """Agree a time frame with the family."""

    form_class = AgreeForm
    template_name = "clocks/form.html"
    title = "Agree a time frame"
    draft_kind = "agree_frame"

    def reach(self) -> None:
        """Fetch the child for recording."""
        self.person = door.person(
            self.request.user, self.kwargs["pk"], Action.RECORD, page="a form to agree a time frame"
        )

    def context(self) -> dict[str, Any]:
        """Add the child."""
        return {"person": self.person}

    def act(self, form: AgreeForm) -> str:
        """Agree it, from today."""
        made = actions.start_agreed(
            by=self.request.user, person=self.person, started_on=timezone.localdate(), **form.cleaned_data
        )
        return reverse("clocks:frame", args=[made.pk])
