"""Forms about who signs, who was told, who may read, and what is added afterwards."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.forms import Form
from throughline.record.assessment import actions, pages, queries
from throughline.record.assessment.contents import titled
from throughline.record.assessment.forms import (
    AddendumForm,
    ConsentForm,
    DiscussForm,
    GiveForm,
    ReturnForm,
    SignForm,
)
from throughline.record.assessment.models import Consent, Status
from throughline.record.assessment.views.shared import AssessmentView


class Sign(AssessmentView):
    """Sign: as the worker while it is being written, as the manager when it is with them."""

    form_class = SignForm
    template_name = "assessment/sign.html"
    draft_kind = "assessment-sign"
    page = "a form to sign an assessment"
    needs = Action.VIEW

    def reach(self) -> None:
        """Fetch it, for whoever may sign it now."""
        super().reach()
        self.as_manager = self.assessment.status == Status.WITH_MANAGER
        action = Action.DECIDE if self.as_manager else Action.RECORD
        ids = [child.pk for child in self.children]
        if reach.people(self.request.user, action).filter(pk__in=ids).count() < len(ids):
            raise PermissionDenied(
                "It is with the manager now, who signs next." if self.as_manager else "You may read."
            )
        self.title = "Sign as the manager" if self.as_manager else "Sign and hand to the manager"
        self.button = "Sign"

    def context(self) -> dict[str, Any]:
        """Add what stands in the way, and what is only a reminder."""
        whole = queries.whole(self.request.user, self.assessment, self.children)
        thin = whole.thin
        return {
            **super().context(),
            "as_manager": self.as_manager,
            "whole": whole,
            "in_the_way": [_told(whole, one) for one in thin if one.blocks],
            "reminders": [_told(whole, one) for one in thin if not one.blocks],
            "signings": whole.signings,
        }

    def act(self, form: Any) -> str:
        """Sign."""
        sign = actions.sign_manager if self.as_manager else actions.sign_worker
        sign(by=self.request.user, assessment=self.assessment, comments=form.cleaned_data["comments"])
        return reverse("assessment:read", args=[self.assessment.pk])


def _told(whole: queries.Whole, one: Any) -> dict[str, str]:
    person = whole.contents.person(one.person_id)
    anchor = f"{one.section.code}-{one.person_id}" if one.person_id else one.section.code
    return {"title": titled(one.section.title, person), "anchor": anchor}


class Return(AssessmentView):
    """Give the document back to be written further."""

    form_class = ReturnForm
    draft_kind = "assessment-return"
    title = "Give it back to be written further"
    button = "Give back"
    success = "It can be written again."
    needs = Action.VIEW

    def act(self, form: Any) -> str:
        """Give it back."""
        actions.return_to_writer(
            by=self.request.user, assessment=self.assessment, comments=form.cleaned_data["comments"]
        )
        return reverse("assessment:read", args=[self.assessment.pk])


class Discuss(AssessmentView):
    """Whether it was talked through, and with whom."""

    form_class = DiscussForm
    draft_kind = "assessment-discuss"
    title = "Talked through with the family"

    def form_kwargs(self) -> dict[str, Any]:
        """Offer the children."""
        return {"people": self.children}

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"on": timezone.localdate()}

    def act(self, form: Any) -> str:
        """Record it."""
        values = form.cleaned_data
        person = int(values["person"])
        actions.discuss(
            by=self.request.user,
            assessment=self.assessment,
            person=self.child(person) if person else None,
            discussed=values["discussed"] == "yes",
            on=values["on"],
            comments=values["comments"],
        )
        return reverse("assessment:sharing", args=[self.assessment.pk])


class Allow(AssessmentView):
    """What the family said about sharing with an agency."""

    form_class = ConsentForm
    draft_kind = "assessment-consent"
    title = "What the family says about sharing"

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"given_on": timezone.localdate(), "agency": self.request.GET.get("agency", "")[:120]}

    def act(self, form: Any) -> str:
        """Record it."""
        values = form.cleaned_data
        actions.allow(
            by=self.request.user,
            assessment=self.assessment,
            **{**values, "permitted": values["permitted"] == "yes"},
        )
        return reverse("assessment:sharing", args=[self.assessment.pk])


class WithdrawForm(Form):
    """Nothing to fill in."""


class Withdraw(AssessmentView):
    """The family takes back what it had agreed to."""

    form_class = WithdrawForm
    title = "The family takes back its agreement"
    button = "Record that they took it back"

    def reach(self) -> None:
        """Fetch the answer; it names its assessment."""
        self.consent = door.one(self.request.user, Consent, self.kwargs["consent"])
        if self.consent.assessment_id != self.kwargs["pk"]:
            raise door.NotFound
        super().reach()
        self.title = f"The family takes back its agreement about {self.consent.agency}"

    def act(self, form: Any) -> str:
        """Record it."""
        actions.withdraw(by=self.request.user, consent=self.consent)
        return reverse("assessment:sharing", args=[self.assessment.pk])


class Give(AssessmentView):
    """A copy that was given."""

    form_class = GiveForm
    draft_kind = "assessment-give"
    title = "A copy that was given"

    def form_kwargs(self) -> dict[str, Any]:
        """Offer the children."""
        return {"people": self.children}

    def initial(self) -> dict[str, Any]:
        """The family's copy, today."""
        return {"given_on": timezone.localdate(), "copy": "family"}

    def act(self, form: Any) -> str:
        """Record it."""
        values = form.cleaned_data
        person = values.pop("person")
        actions.give(
            by=self.request.user,
            assessment=self.assessment,
            person=self.child(int(person)) if person else None,
            **values,
        )
        return reverse("assessment:sharing", args=[self.assessment.pk])


class Add(AssessmentView):
    """A correction or an addition to what was signed."""

    form_class = AddendumForm
    draft_kind = "assessment-addendum"
    title = "Add to what was signed"
    success = "Added. It is shown beside what was signed."

    def form_kwargs(self) -> dict[str, Any]:
        """Offer the headings."""
        whole = queries.whole(self.request.user, self.assessment, self.children)
        found = [one for chapter in pages.chapters(whole) for one in chapter.places if one.section.kind != "reading"]
        return {"places": [(f"{one.section.code} {one.person_id}", one.title) for one in found]}

    def act(self, form: Any) -> str:
        """Add it."""
        values = form.cleaned_data
        section, person = values["place"].rsplit(" ", 1)
        actions.add_addendum(
            by=self.request.user,
            assessment=self.assessment,
            section=section,
            person=door.person(self.request.user, int(person)) if int(person) else None,
            words=values["words"],
            asked_by=values["asked_by"],
        )
        return reverse("assessment:read", args=[self.assessment.pk])
