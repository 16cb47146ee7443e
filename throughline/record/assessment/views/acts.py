"""Forms about an assessment: beginning and continuing it, views that were questioned, time frames."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.clocks import actions as clocks
from throughline.core.clocks import queries as frames
from throughline.core.clocks.models import Basis
from throughline.core.errors import Refused
from throughline.core.recording import RecordingView
from throughline.record.assessment import actions, queries
from throughline.record.assessment.forms import (
    BeginForm,
    ChallengeForm,
    ContinueForm,
    FrameForm,
    IncludeForm,
    ReviewForm,
    RevisedForm,
    VoiceForm,
)
from throughline.record.assessment.models import Challenge, Stage
from throughline.record.assessment.views.shared import AssessmentView
from throughline.record.journey.queries import company
from throughline.record.people.models import Person


class Begin(RecordingView):
    """Begin a record for a child's family, or go on with the one that is open."""

    form_class = BeginForm
    template_name = "assessment/begin.html"
    title = "Understand a family"
    button = "Begin"
    draft_kind = "assessment-begin"
    success = "Begun."

    def reach(self) -> None:
        """Fetch the child, their family and what there is already."""
        self.person = door.person(self.request.user, self.kwargs["pk"], Action.RECORD, page="a form to begin")
        self.family, people = company(self.request.user, self.person)
        today = timezone.localdate()
        self.people = [one for one in people if (one.age_on(today) or 0) < 18]

    def form_kwargs(self) -> dict[str, Any]:
        """Tell the form who may be chosen."""
        return {"people": self.people}

    def initial(self) -> dict[str, Any]:
        """Begin with this child, today, under the law."""
        return {
            "children": [str(self.person.pk)],
            "model": "understanding-families",
            "stage": Stage.STATUTORY.value,
            "started_on": timezone.localdate(),
        }

    def context(self) -> dict[str, Any]:
        """Add the child and the records that there are."""
        known = queries.of_person(self.request.user, self.person.pk)
        return {"person": self.person, "family": self.family, "known": list(known[:20])}

    def act(self, form: Any) -> str:
        """Begin it and go to the document."""
        values = form.cleaned_data
        if self.family is None:
            raise Refused("This child is in no family yet. Record the family first, even if it is the child alone.")
        chosen = {int(pk) for pk in values["children"]}
        made = actions.begin(
            by=self.request.user,
            family=self.family,
            children=[one for one in self.people if one.pk in chosen],
            model=values["model"],
            stage=values["stage"],
            started_on=values["started_on"],
            agreed_by=values["agreed_by"],
        )
        return reverse("assessment:write", args=[made.pk])


class Continue(AssessmentView):
    """Go on after a referral with what was begun in early help."""

    form_class = ContinueForm
    title = "Continue after a referral"
    button = "Continue"
    success = "The record goes on. Nothing has to be asked again."

    def initial(self) -> dict[str, Any]:
        """Propose the long record, from today."""
        return {"on": timezone.localdate(), "model": "understanding-families"}

    def act(self, form: Any) -> str:
        """Continue it."""
        actions.continue_after_referral(
            by=self.request.user,
            assessment=self.assessment,
            on=form.cleaned_data["on"],
            model=form.cleaned_data["model"],
        )
        return reverse("assessment:write", args=[self.assessment.pk])


class Include(AssessmentView):
    """Include another child of the family."""

    form_class = IncludeForm
    title = "Include another child"
    button = "Include"
    success = "Included: there are headings for this child now."

    def form_kwargs(self) -> dict[str, Any]:
        """Offer the children of the family who are not in it."""
        today = timezone.localdate()
        _, people = company(self.request.user, self.children[0])
        there = {child.pk for child in self.children}
        self.people: list[Person] = [one for one in people if one.pk not in there and (one.age_on(today) or 0) < 18]
        return {"people": self.people}

    def act(self, form: Any) -> str:
        """Include the child."""
        chosen = next(one for one in self.people if str(one.pk) == form.cleaned_data["child"])
        actions.include_child(by=self.request.user, assessment=self.assessment, child=chosen)
        return reverse("assessment:write", args=[self.assessment.pk])


class Voice(AssessmentView):
    """What a child said, once: in their record, and quoted in the document."""

    form_class = VoiceForm
    draft_kind = "assessment-voice"
    title = "What a child said"
    page = "a form for what a child said"
    success = "Recorded in the child's own record, and quoted here."

    def reach(self) -> None:
        """Fetch the child."""
        super().reach()
        self.own = self.child(self.kwargs["child"])
        self.title = f"What {self.own.shown_name or 'the child'} said"

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"on": timezone.localdate()}

    def draft_title(self) -> str:
        """Name the draft without a child's name."""
        return "What a child said"

    def draft_person_id(self) -> int:
        """It is this child's."""
        return int(self.own.pk)

    def act(self, form: Any) -> str:
        """Record and quote."""
        made = actions.record_voice(
            by=self.request.user,
            assessment=self.assessment,
            child=self.own,
            said=form.cleaned_data["said"],
            how=form.cleaned_data["how"],
            on=form.cleaned_data["on"],
            words=form.cleaned_data["words"],
        )
        return f"{reverse('assessment:write', args=[self.assessment.pk])}#{made.section}-{self.own.pk}"


class Question(AssessmentView):
    """A view that was questioned."""

    form_class = ChallengeForm
    draft_kind = "assessment-challenge"
    title = "A view that was questioned"

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"happened_on": timezone.localdate()}

    def act(self, form: Any) -> str:
        """Record it."""
        actions.challenge(by=self.request.user, assessment=self.assessment, **form.cleaned_data)
        return f"{reverse('assessment:write', args=[self.assessment.pk])}#challenge"


class Revised(AssessmentView):
    """The view after it was questioned."""

    form_class = RevisedForm
    template_name = "assessment/revised.html"
    draft_kind = "assessment-revised"
    title = "The view after it was questioned"

    def reach(self) -> None:
        """Fetch the view; the address names it, and it names its assessment."""
        self.questioned = door.one(self.request.user, Challenge, self.kwargs["challenge"])
        if self.questioned.assessment_id != self.kwargs["pk"]:
            raise door.NotFound
        super().reach()

    def initial(self) -> dict[str, Any]:
        """Begin with what was written before."""
        return {
            "version": self.questioned.version,
            "revised": self.questioned.revised,
            "what_changed": self.questioned.what_changed,
            "revised_on": self.questioned.revised_on or timezone.localdate(),
        }

    def context(self) -> dict[str, Any]:
        """Add the view and the question."""
        return {**super().context(), "questioned": self.questioned}

    def act(self, form: Any) -> str:
        """Record it."""
        actions.revise_view(by=self.request.user, questioned=self.questioned, **form.cleaned_data)
        return f"{reverse('assessment:write', args=[self.assessment.pk])}#challenge"


class Frame(AssessmentView):
    """Agree a time frame with the family, or move the one that was agreed."""

    form_class = FrameForm
    draft_kind = "assessment-frame"
    title = "Agree a time frame"
    success = "The time frame is recorded."

    def reach(self) -> None:
        """Fetch the frames that were agreed and run."""
        super().reach()
        self.agreed = [
            one
            for one in frames.of_entry(self.request.user, self.assessment.pk)
            if one.basis == Basis.AGREED and one.stopped_on is None
        ]
        if self.agreed:
            self.title = "Move the time frame"

    def initial(self) -> dict[str, Any]:
        """Begin with the day that was agreed."""
        return {"due_on": self.agreed[0].due_on} if self.agreed else {}

    def act(self, form: Any) -> str:
        """Start or move, for each child."""
        values = form.cleaned_data
        moved = {one.person_id: one for one in self.agreed}
        for child in _recordable(self):
            if child.pk in moved:
                clocks.move(
                    by=self.request.user,
                    frame=moved[child.pk],
                    due_on=values["due_on"],
                    reason=values["reason"],
                    told=[values["agreed_with"]],
                )
            else:
                clocks.start_agreed(
                    by=self.request.user,
                    person=child,
                    label="Understanding the family",
                    started_on=self.assessment.entry.happened_on,
                    due_on=values["due_on"],
                    reason=values["reason"],
                    agreed_with=values["agreed_with"],
                    entry=self.assessment.entry,
                )
        return f"{reverse('assessment:write', args=[self.assessment.pk])}#time_frame"


def _recordable(view: AssessmentView) -> list[Person]:
    ids = [child.pk for child in view.children]
    allowed = set(reach.people(view.request.user, Action.RECORD).filter(pk__in=ids).values_list("pk", flat=True))
    return [child for child in view.children if child.pk in allowed]


class Review(AssessmentView):
    """The formal review of the work, with the manager."""

    form_class = ReviewForm
    draft_kind = "assessment-review"
    title = "Review the work and its time frame"

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"held_on": timezone.localdate()}

    def act(self, form: Any) -> str:
        """Record it on every frame that runs."""
        running = [one for one in frames.of_entry(self.request.user, self.assessment.pk) if one.stopped_on is None]
        if not running:
            raise Refused("No time frame runs for this. Agree one first: the review is of how it is kept.")
        allowed = {child.pk for child in _recordable(self)}
        for one in running:
            if one.person_id in allowed:
                clocks.review(by=self.request.user, frame=one, **form.cleaned_data)
        return f"{reverse('assessment:write', args=[self.assessment.pk])}#time_frame"
