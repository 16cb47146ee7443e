"""Pages about who sees what: allocating, restricting, opening with a reason, and who opened what."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from throughline.core.access import actions, door, queries, reach
from throughline.core.access.forms import AllocateForm, EndForm, OpenForm, PermitForm, ReasonForm, RestrictForm
from throughline.core.access.roles import ROLES, Action
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest

PAGE = 50


class OfPerson(RecordingView):
    """A form about one person's record, for those who may do ``action`` there."""

    action = Action.DECIDE
    page = "a page about who sees the record"

    def reach(self) -> None:
        """Fetch the person; someone who may see but not do this is told so."""
        self.person = door.person(self.request.user, self.kwargs["pk"])
        door.require(self.request.user, self.action, self.person.pk)
        if self.request.method == "GET":
            door.looked(self.request.user, self.person.pk, self.page)

    def context(self) -> dict[str, Any]:
        """Show whose record it is."""
        return {"person": self.person}


class Allocate(OfPerson):
    """Give a child to a worker, or to a team that will name one."""

    action = Action.ALLOCATE
    form_class = AllocateForm
    template_name = "access/allocate.html"
    title = "Who works with this child"
    button = "Allocate"
    success = "Allocated."
    page = "the page on which the child is allocated"

    def form_kwargs(self) -> dict[str, Any]:
        """Tell the form who may be chosen."""
        return {"teams": queries.may_be_allocated(timezone.localdate())}

    def initial(self) -> dict[str, Any]:
        """Begin with a lead worker from today."""
        return {"kind": "key_worker", "on": timezone.localdate()}

    def context(self) -> dict[str, Any]:
        """Show who works with the child now."""
        return super().context() | {"now": queries.works_with(self.request.user, self.person.pk)}

    def act(self, form: Any) -> str:
        """Allocate."""
        team, worker = form.chosen()
        said = form.cleaned_data
        actions.allocate(
            by=self.request.user, person=self.person, team=team, worker=worker, kind=said["kind"], on=said["on"]
        )
        if reach.people(self.request.user, Action.ALLOCATE).filter(pk=self.person.pk).exists():
            return reverse("access:allocate", args=[self.person.pk])
        # Handed to a team that this manager does not lead.
        return reverse("access:to_allocate")


class End(RecordingView):
    """End someone's work with a child."""

    form_class = EndForm
    title = "End the work with this child"
    button = "End it"
    success = "Ended."

    def reach(self) -> None:
        """Fetch the allocation through the child."""
        found = queries.allocation(self.request.user, self.kwargs["pk"])
        if found is None:
            raise door.NotFound
        self.person = found.person
        door.require(self.request.user, Action.ALLOCATE, found.person_id)
        if self.request.method == "GET":
            door.looked(self.request.user, found.person_id, "the page on which work with the child ends")
        self.allocation = found
        self.title = f"End the work of {found.worker or found.team} as {found.get_kind_display()}"

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return {"on": timezone.localdate()}

    def context(self) -> dict[str, Any]:
        """Show whose record it is."""
        return {"person": self.person}

    def act(self, form: Any) -> str:
        """End it."""
        said = form.cleaned_data
        actions.end_allocation(by=self.request.user, allocation=self.allocation, on=said["on"], reason=said["reason"])
        if reach.people(self.request.user, Action.ALLOCATE).filter(pk=self.person.pk).exists():
            return reverse("access:allocate", args=[self.person.pk])
        return reverse("access:to_allocate")


def to_allocate(request: SignedInRequest) -> HttpResponse:
    """List the children who wait for a worker to be named."""
    door.require_somewhere(request.user, Action.ALLOCATE)
    page = Paginator(queries.to_allocate(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "access/to_allocate.html", {"page": page})


class Restrict(OfPerson):
    """Close a record to all but those who are named; or see who is, permit, withdraw and lift."""

    form_class = RestrictForm
    template_name = "access/restrict.html"
    title = "Restrict this record"
    button = "Restrict the record"
    success = "Restricted. For everyone else there is no such record."
    page = "the page on which the record is restricted"

    def form_kwargs(self) -> dict[str, Any]:
        """Tell the form who may be named."""
        return {"users": queries.permissible().exclude(pk=self.request.user.pk)}

    def context(self) -> dict[str, Any]:
        """Show the restriction that there is."""
        found = queries.restriction(self.request.user, self.person.pk)
        more: dict[str, Any] = {"restriction": found}
        if found is not None:
            held = queries.permits(found)
            more |= {
                "permits": held,
                "permit_form": PermitForm(users=queries.permissible().exclude(pk__in=held.values("user"))),
                "lift_form": ReasonForm(prefix="lift"),
            }
        return super().context() | more

    def act(self, form: Any) -> str:
        """Restrict it."""
        said = form.cleaned_data
        actions.restrict(
            by=self.request.user, person=self.person, reason=said["reason"], permitted=list(said["permitted"])
        )
        return reverse("access:restrict", args=[self.person.pk])


@require_POST
def change_restriction(request: SignedInRequest, pk: int) -> HttpResponse:
    """Permit one more person, withdraw a permit, or lift the restriction, as the button says."""
    person = door.person(request.user, pk)
    door.require(request.user, Action.DECIDE, pk)
    found = queries.restriction(request.user, pk)
    if found is None:
        messages.error(request, "The restriction was lifted already.")
        return HttpResponseRedirect(reverse("access:restrict", args=[pk]))
    try:
        if "lift" in request.POST:
            actions.lift(by=request.user, restriction=found, reason=request.POST.get("lift-reason", ""))
            messages.success(request, "Lifted: the record is open to those who work with the child.")
        elif request.POST.get("withdraw", "").isdecimal():
            held = queries.permits(found).filter(pk=int(request.POST["withdraw"][:18])).first()
            if held is not None:
                actions.withdraw(by=request.user, permit=held)
                messages.success(request, f"{held.user} may no longer see the record.")
        else:
            form = PermitForm(request.POST, users=queries.permissible())
            if form.is_valid():
                actions.permit(by=request.user, restriction=found, user=form.cleaned_data["user"])
                messages.success(request, f"{form.cleaned_data['user']} may see the record.")
            else:
                messages.error(request, "Choose whom to permit.")
    except Refused as refused:
        messages.error(request, str(refused))
    if not reach.people(request.user, Action.DECIDE).filter(pk=person.pk).exists():
        return HttpResponseRedirect("/")
    return HttpResponseRedirect(reverse("access:restrict", args=[pk]))


class OpenWithReason(RecordingView):
    """Open a record outside one's own work. The page is the same for every number: it tells of nobody."""

    form_class = OpenForm
    template_name = "access/open.html"
    title = "Open a record with a reason"
    button = "Open the record"
    success = "Open for a few hours. That you opened it, and why, is in the log."

    def reach(self) -> None:
        """Ask only that the role opens records at all: whose it is must not show before the reason is given."""
        door.require_somewhere(self.request.user, Action.VIEW)

    def act(self, form: Any) -> str:
        """Open it; a restricted record and a missing one answer alike."""
        pk = self.kwargs["pk"]
        if not reach.people(self.request.user).filter(pk=pk).exists():
            actions.break_glass(by=self.request.user, person_id=pk, reason=form.cleaned_data["reason"])
        else:
            self.success = ""
        return reverse("journey:child", args=[pk])


def glass(request: SignedInRequest) -> HttpResponse:
    """List what was opened with a reason, for the managers of those children."""
    if not any(ROLES[grant.role].reads_view_log for grant in reach.grants(request.user)):
        raise PermissionDenied("Managers and auditors read this. Ask yours.")
    page = Paginator(queries.glass_broken(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "access/glass.html", {"page": page, "now": timezone.now()})


def log(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who opened a child's record, when, and why they could. Reading it is itself written down."""
    person = door.person(request.user, pk)
    events = queries.log_of(request.user, pk)
    if events is None:
        raise PermissionDenied("Managers of the child's team, and auditors, read who opened a record. Ask them.")
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    lines = queries.told(page.object_list)
    account.record("access.log_read", by=request.user, person_id=person.pk)
    return render(request, "access/log.html", {"person": person, "page": page, "lines": lines})
