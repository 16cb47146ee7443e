"""Taking a contact or a consultation: one sheet, kept as a draft from the first key to the last.

People are named on the sheet through a search (and created only after it); the sheet waits meanwhile.
"""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughline.core import drafts
from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest
from throughline.record.front_door import actions, pathway, queries
from throughline.record.front_door.forms import ConsultationForm, ContactForm
from throughline.record.people.models import Person

# A family with everyone around it; more is a paste that went wrong.
_MOST = 30


def begin_contact(request: SignedInRequest) -> HttpResponse:
    """Begin a contact, or go on with one that was begun."""
    return _begin(request, "contact", "Contact")


def begin_consultation(request: SignedInRequest) -> HttpResponse:
    """Begin a consultation, or go on with one that was begun."""
    return _begin(request, "consultation", "Consultation")


def _begin(request: SignedInRequest, what: str, title: str) -> HttpResponse:
    door.require_somewhere(request.user, Action.RECORD)
    begun = list(drafts.mine(request.user).filter(key__startswith=f"{what}_sheet:"))
    fresh = reverse(f"front_door:{what}_sheet", args=[secrets.token_hex(4)])
    if request.GET.get("person", "").isdigit():
        fresh = f"{fresh}?person={request.GET['person']}"
    if not begun:
        return HttpResponseRedirect(fresh)
    return render(request, "front_door/begin.html", {"begun": begun, "fresh": fresh, "what": title.lower()})


class Sheet(RecordingView):
    """What contacts and consultations share: people named on the way, what the record holds of them."""

    what = ""

    def reach(self) -> None:
        """Fetch those who are named so far, as far as this user may record about them."""
        door.require_somewhere(self.request.user, Action.RECORD)
        ids = self._ids()
        found = {one.pk: one for one in reach.people(self.request.user, Action.RECORD).filter(pk__in=ids)}
        self.people = [found[pk] for pk in ids if pk in found]
        self.entries = queries.known_already(self.request.user, list(found)) if found else []
        if self.request.method == "GET":
            for person in self.people:
                door.looked(self.request.user, person.pk, f"what is known already, for a {self.what}")

    def _ids(self) -> list[int]:
        if self.request.method == "POST":
            given = self.request.POST.getlist("people")
        else:
            draft = drafts.load(self.request.user, self.draft_key())
            given = [*(draft.data.get("people", []) if draft else []), self.request.GET.get("person", "")]
        return list(dict.fromkeys(int(one) for one in given if one.isdecimal() and len(one) < 19))[:_MOST]

    def form_kwargs(self) -> dict[str, Any]:
        """Tell the form who is named and what is known."""
        return {"people": self.people, "known": self.entries}

    def draft_key(self) -> str:
        """Return the sheet's own draft."""
        return f"{self.what}_sheet:{self.kwargs['sheet']}"

    def _place(self) -> Any:
        place = super()._place()
        # Without the person that the first address named: they are on the sheet by now.
        return type(place)(place.key, place.title, self.request.path, place.person_id, place.page)

    def draft_person_id(self) -> int | None:
        """A sheet is of several people or of none."""
        return None

    def context(self) -> dict[str, Any]:
        """Show who is named, earlier referrals, what is known."""
        today = timezone.localdate()
        earlier = queries.earlier_referrals(self.request.user, [one.pk for one in self.people], today)
        return {
            "people": self.people,
            "known_entries": self.entries,
            "earlier": [(one, earlier[one.pk]) for one in self.people if one.pk in earlier],
            "door": pathway.current(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; or go to name someone, or take someone out, with everything kept."""
        if "_name" in request.POST:
            self._keep()
            return HttpResponseRedirect(reverse(f"front_door:{self.what}_people", args=[self.kwargs["sheet"]]))
        if "_out" in request.POST:
            sent = request.POST.copy()
            sent.setlist("people", [one for one in sent.getlist("people") if one != request.POST["_out"]])
            request.POST = sent  # type: ignore[assignment]
            self._keep()
            return HttpResponseRedirect(request.path)
        return super().post(request, *args, **kwargs)


class TakeContact(Sheet):
    """Take a contact."""

    form_class = ContactForm
    template_name = "front_door/contact_sheet.html"
    title = "Contact"
    button = "Save the contact"
    success = "The contact is saved. It waits for a decision."
    draft_kind = "contact_sheet"
    what = "contact"

    def initial(self) -> dict[str, Any]:
        """Begin with today, and how it mostly comes."""
        return {"happened_on": timezone.localdate()}

    def act(self, form: Any) -> str:
        """Take it, and go to its page; an urgent one goes to its decision where this user may make it."""
        said = form.cleaned_data
        contact = actions.take_contact(
            by=self.request.user,
            source=form.source_given(),
            method=said["method"],
            nature=said["nature"],
            happened_on=said["happened_on"],
            happened_at=said["happened_at"],
            worry=said["worry"],
            named=form.named(),
            sharing=form.sharing(),
            known=said["known"],
            known_entries=said["recalled"],
            urgent=said["urgent"],
            done_now=said["done_now"],
        )
        if contact.urgent:
            self.success = "The contact is saved. It is urgent: decide now, or ring whoever decides."
            if _may_decide(self.request, self.people):
                return reverse("front_door:decide", args=[contact.pk])
        return reverse("front_door:open", args=[contact.pk])


def _may_decide(request: SignedInRequest, people: list[Person]) -> bool:
    ids = [one.pk for one in people]
    return reach.people(request.user, Action.DECIDE).filter(pk__in=ids).count() == len(ids)


class Consult(Sheet):
    """Advise someone who asks."""

    form_class = ConsultationForm
    template_name = "front_door/consultation_sheet.html"
    title = "Consultation"
    button = "Save the consultation"
    success = "The consultation is saved. It is not a referral."
    draft_kind = "consultation_sheet"
    what = "consultation"

    def initial(self) -> dict[str, Any]:
        """Begin with today."""
        return {"asked_on": timezone.localdate(), "method": "telephone"}

    def act(self, form: Any) -> str:
        """Record it and go back to the list of consultations."""
        said = form.cleaned_data
        actions.consult(
            by=self.request.user,
            source=form.source_given(),
            method=said["method"],
            asked_on=said["asked_on"],
            question=said["question"],
            checked=said["checked"],
            advice=said["advice"],
            next_step=said["next_step"],
            next_by=said["next_by"],
            named=self.people,
        )
        return f"{reverse('front_door:list')}?show=consultations"
