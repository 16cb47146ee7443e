"""What follows a contact: accept, pass on, decide, tell, complete."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from throughline.core.access import door
from throughline.core.access.models import Team
from throughline.core.access.roles import Action
from throughline.core.errors import Refused
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest
from throughline.record.front_door import actions, pathway, queries
from throughline.record.front_door.forms import DecideForm, FeedbackForm, PassOnForm, SharingForm
from throughline.record.front_door.models import Part


@require_POST
def refer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept a contact as a referral."""
    contact = queries.contact(request.user, pk)
    try:
        actions.make_referral(by=request.user, contact=contact)
        messages.success(request, "This is a referral now. Its clock runs from the day on which we were told.")
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("front_door:open", args=[pk]))


class OfContact(RecordingView):
    """A form about one contact."""

    action = Action.RECORD

    def reach(self) -> None:
        """Fetch the contact for this user, and ask whether they may do this for each of its children."""
        self.contact = queries.contact(self.request.user, self.kwargs["pk"])
        ids = list(self.contact.concerned.filter(part=Part.CHILD).values_list("person_id", flat=True))
        door.require(self.request.user, self.action, *ids)
        self.children = [row.person for row in self.contact.shown if row.part == Part.CHILD]
        self.person = self.children[0]
        if self.request.method == "GET":
            for child in self.children:
                door.looked(self.request.user, child.pk, "a contact")

    def context(self) -> dict[str, Any]:
        """Show the contact beside the form."""
        today = timezone.localdate()
        return {
            "contact": self.contact,
            "person": self.person,
            "stands": queries.where_it_stands(self.contact, today),
            "people": queries.parts_in(self.request.user, self.contact),
        }

    def back(self) -> str:
        """Return the contact's page."""
        return reverse("front_door:open", args=[self.contact.pk])


class PassOn(OfContact):
    """Pass a contact on."""

    form_class = PassOnForm
    template_name = "front_door/of_contact.html"
    title = "Pass the contact on"
    button = "Pass it on"
    success = "Passed on."
    draft_kind = "pass_on"

    def form_kwargs(self) -> dict[str, Any]:
        """Tell the form where it may go."""
        ours = pathway.current()
        return {"steps": [ours.step(code) for code in ours.step(self.contact.step).passes_to]}

    def act(self, form: Any) -> str:
        """Pass it on."""
        said = form.cleaned_data
        actions.pass_on(by=self.request.user, contact=self.contact, to=said["to"], reason=said["reason"])
        return self.back()


class Decide(OfContact):
    """Decide what follows for each child."""

    action = Action.DECIDE
    form_class = DecideForm
    template_name = "front_door/decide.html"
    title = "Decide what follows"
    button = "Save the decision"
    success = "Decided. Tell whoever told us."
    draft_kind = "decide"

    def form_kwargs(self) -> dict[str, Any]:
        """Tell the form what may be decided here, and to which teams."""
        may = pathway.current().may_be_decided(self.contact.step, urgent=self.contact.urgent)
        return {"children": self.children, "outcomes": may, "teams": Team.objects.order_by("name")}

    def context(self) -> dict[str, Any]:
        """Add earlier referrals: a decision is made knowing of them."""
        ids = [child.pk for child in self.children]
        referral = getattr(self.contact, "referral", None)
        earlier = queries.earlier_referrals(
            self.request.user, ids, self.contact.entry.happened_on, but=referral.entry if referral else None
        )
        return super().context() | {
            "earlier": [(child, earlier[child.pk]) for child in self.children if child.pk in earlier],
            "months": pathway.current().rereferral_months,
        }

    def act(self, form: Any) -> str:
        """Decide."""
        said = form.cleaned_data
        actions.decide(
            by=self.request.user,
            contact=self.contact,
            outcomes=form.decided(),
            reasons=said["reasons"],
            options=said["options"],
            disagreed=said["disagreed"],
        )
        return self.back()


class Tell(OfContact):
    """Record what whoever told us was told."""

    form_class = FeedbackForm
    template_name = "front_door/of_contact.html"
    title = "Tell whoever told us"
    success = "Recorded: they know what came of it."
    draft_kind = "feedback"

    def initial(self) -> dict[str, Any]:
        """Begin with today and with them."""
        return {"told_on": timezone.localdate(), "told_whom": self.contact.source_name, "method": "telephone"}

    def act(self, form: Any) -> str:
        """Record it."""
        actions.feed_back(by=self.request.user, contact=self.contact, **form.cleaned_data)
        return self.back()


class Complete(OfContact):
    """Record how an urgent contact came to be shared."""

    form_class = SharingForm
    template_name = "front_door/of_contact.html"
    title = "How it came to be shared"
    draft_kind = "sharing"

    def act(self, form: Any) -> str:
        """Record it."""
        actions.complete_sharing(by=self.request.user, contact=self.contact, sharing=form.sharing())
        return self.back()
