"""Pages of plans: reading one as a family reads it, and the acts on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.clocks import queries as clocks
from throughline.core.errors import Refused
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest
from throughline.record.journey import queries as journey
from throughline.record.plans import actions, forms, queries
from throughline.record.plans.models import Kind, Plan, PlanAction


def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a plan."""
    found = door.one(request.user, Plan, pk)
    person = door.person(request.user, found.person_id, page="the plan")
    found = queries.of_person(request.user, found.person_id).get(pk=pk)
    frames = list(clocks.of_entry(request.user, pk))
    return render(
        request,
        "plans/plan.html",
        {
            "plan": found,
            "person": person,
            "parts": queries.written(found),
            "missing": queries.to_be_written(found) if found.ended_on is None else [],
            "running": [frame for frame in frames if frame.stopped_on is None],
            "may_record": reach.people(request.user, Action.RECORD).filter(pk=person.pk).exists(),
        },
    )


def versions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read every version of a plan."""
    found = door.one(request.user, Plan, pk)
    person = door.person(request.user, found.person_id, page="earlier versions of the plan")
    return render(
        request,
        "plans/versions.html",
        {"plan": found, "person": person, "versions": queries.versions(request.user, found)},
    )


class Begin(RecordingView):
    """Begin a plan, of one child or of several together."""

    form_class = forms.BeginForm
    template_name = "plans/begin.html"
    title = "Begin a plan"
    button = "Begin the plan"
    draft_kind = "plan"
    success = "The plan is begun. Add who will do what."

    def reach(self) -> None:
        """Fetch the child, and the brothers and sisters without a plan."""
        self.person = door.person(self.request.user, self.kwargs["pk"], Action.RECORD, page="a form to begin a plan")
        self.family, company = journey.company(self.request.user, self.person)
        today = timezone.localdate()
        children = [one for one in company if one.pk != self.person.pk and (one.age_on(today) or 0) < 18]
        free = queries.without_plan(self.request.user, [self.person.pk, *(one.pk for one in children)])
        self.siblings = [one for one in children if one.pk in free]
        self.has_plan = self.person.pk not in free

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go to the plan that there is; otherwise ask."""
        if self.has_plan:
            current = queries.current(self.request.user, self.person.pk)
            if current is not None:
                return HttpResponseRedirect(reverse("plans:plan", args=[current.pk]))
        return super().get(request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        """Offer the brothers and sisters."""
        return {"siblings": self.siblings}

    def initial(self) -> dict[str, Any]:
        """Begin as most plans do."""
        return {"kind": Kind.IN_NEED}

    def context(self) -> dict[str, Any]:
        """Add the child."""
        return {"person": self.person}

    def act(self, form: forms.BeginForm) -> str:
        """Begin it."""
        given = form.cleaned_data
        made = actions.begin_together(
            by=self.request.user,
            person=self.person,
            siblings=form.chosen(),
            shared=given.get("shared") or (),
            kind=given["kind"],
            started_on=timezone.localdate(),
            words=form.words(),
            family=self.family,
            review_on=given["review_on"],
            agreed_with=given["agreed_with"],
            review_reason=given["review_reason"],
        )
        return reverse("plans:plan", args=[made[0].pk])


class _OfPlan(RecordingView):
    template_name = "plans/form.html"

    def reach(self) -> None:
        """Fetch the plan and whose it is, for recording."""
        self.plan = door.one(self.request.user, Plan, self.kwargs["pk"])
        self.person = door.person(self.request.user, self.plan.person_id, Action.RECORD, page="a form about the plan")

    def context(self) -> dict[str, Any]:
        """Add the plan and the child."""
        return {"plan": self.plan, "person": self.person}

    def back(self) -> str:
        """Return to the plan."""
        return reverse("plans:plan", args=[self.plan.pk])


class Revise(_OfPlan):
    """Change the plan."""

    form_class = forms.ReviseForm
    title = "Change the plan"
    draft_kind = "plan_change"
    success = "The plan is changed. The earlier version can still be read."

    def initial(self) -> dict[str, Any]:
        """Begin with the plan as it reads."""
        return {
            "version": self.plan.version,
            "kind": self.plan.kind,
            **{one.part.name: one.words for one in queries.written(self.plan)},
        }

    def act(self, form: forms.ReviseForm) -> str:
        """Save the change."""
        given = form.cleaned_data
        actions.revise(
            by=self.request.user,
            plan=self.plan,
            version=given["version"],
            words=form.words(),
            why=given["changed_because"],
            kind=given["kind"],
        )
        return self.back()


class AddAction(_OfPlan):
    """Add who will do what."""

    form_class = forms.ActionForm
    template_name = "plans/action.html"
    title = "Who will do what"
    draft_kind = "plan_action"

    def act(self, form: forms.ActionForm) -> str:
        """Add it, and ask for another when that was chosen."""
        actions.add_action(by=self.request.user, plan=self.plan, **form.cleaned_data)
        return self.request.path if "again" in self.request.POST else self.back()


class Done(_OfPlan):
    """Note an action as done."""

    form_class = forms.DoneForm
    title = "Done"
    draft_kind = "plan_action_done"

    def reach(self) -> None:
        """Fetch the action, and through it the plan."""
        self.action = door.one(self.request.user, PlanAction, self.kwargs["pk"])
        self.plan = door.one(self.request.user, Plan, self.action.plan_id)
        self.person = door.person(self.request.user, self.plan.person_id, Action.RECORD, page="a form about the plan")

    def context(self) -> dict[str, Any]:
        """Add the action."""
        return {**super().context(), "action": self.action}

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return {"done_on": self.action.done_on or timezone.localdate(), "how_it_went": self.action.how_it_went}

    def act(self, form: forms.DoneForm) -> str:
        """Note it."""
        actions.complete_action(by=self.request.user, action=self.action, **form.cleaned_data)
        return self.back()


class NoteProgress(_OfPlan):
    """Note how the plan goes."""

    form_class = forms.ProgressForm
    title = "Progress with the plan"
    draft_kind = "plan_progress"

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return {"happened_on": timezone.localdate()}

    def act(self, form: forms.ProgressForm) -> str:
        """Note it."""
        actions.note_progress(by=self.request.user, plan=self.plan, **form.cleaned_data)
        return self.back()


class Review(_OfPlan):
    """Review the plan."""

    form_class = forms.ReviewForm
    title = "Review the plan"
    draft_kind = "plan_review"

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return {"held_on": timezone.localdate()}

    def act(self, form: forms.ReviewForm) -> str:
        """Record the review."""
        given = dict(form.cleaned_data)
        given["next_on"] = given.pop("review_on")
        try:
            actions.review(by=self.request.user, plan=self.plan, **given)
        except Refused as refused:
            if "next_on" in refused.messages:
                refused.messages["review_on"] = refused.messages.pop("next_on")
            raise
        return self.back()


class Discuss(_OfPlan):
    """Note that the plan was discussed in supervision."""

    form_class = forms.DiscussForm
    title = "Discussed in supervision"
    draft_kind = "plan_discussed"

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return {"discussed_on": timezone.localdate()}

    def act(self, form: forms.DiscussForm) -> str:
        """Note it."""
        actions.discuss(by=self.request.user, plan=self.plan, **form.cleaned_data)
        return self.back()


class Close(_OfPlan):
    """Close the plan."""

    form_class = forms.CloseForm
    template_name = "plans/close.html"
    title = "Close the plan"
    button = "Close the plan"
    draft_kind = "plan_close"
    success = "The plan is closed."

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return {"on": timezone.localdate()}

    def act(self, form: forms.CloseForm) -> str:
        """Close it."""
        actions.close(by=self.request.user, plan=self.plan, **form.cleaned_data)
        return self.back()
