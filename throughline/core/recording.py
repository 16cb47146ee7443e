"""A page on which something is recorded: its draft kept as one types, refusals on their fields, nothing lost.

A room makes a subclass: see the hooks below. Views parse, call the action, render; all else is here.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from throughline.core import drafts
from throughline.core.drafts import tokens
from throughline.core.errors import EditConflict, Refused
from throughline.core.forms import Form, typed_into
from throughline.core.requests import SignedInRequest


class RecordingView(View):
    """Asks, keeps the draft, acts.

    Set ``form_class``, ``title`` and ``draft_kind``; write ``reach`` and ``act``; the other hooks have sensible
    answers. ``draft_kind = None`` keeps no draft.
    """

    request: SignedInRequest
    form_class: ClassVar[type[Form]]
    template_name = "web/recording.html"
    title = ""
    button = "Save"
    success = "Saved."
    draft_kind: str | None = None

    # What a room says.

    def reach(self) -> None:
        """Fetch what the page is about through core.access.door, into self; raises NotFound."""

    def form_kwargs(self) -> dict[str, Any]:
        """Return further arguments of the form."""
        return {}

    def initial(self) -> dict[str, Any]:
        """Return what the fields begin with when there is no draft."""
        return {}

    def context(self) -> dict[str, Any]:
        """Return what the template needs beside the form."""
        return {}

    def act(self, form: Any) -> str:
        """Call the action with what the form holds; return the address to go to. May raise Refused, EditConflict."""
        raise NotImplementedError

    def draft_key(self) -> str:
        """Return which draft this is: the kind and what the address names."""
        named = ",".join(f"{name}={value}" for name, value in sorted(self.kwargs.items()))
        return f"{self.draft_kind}:{named}"

    def draft_title(self) -> str:
        """Return what the list of drafts calls it, without names."""
        return self.title or "A form"

    def draft_person_id(self) -> int | None:
        """Return whose record it concerns, if one person's."""
        person = getattr(self, "person", None)
        return int(person.pk) if person is not None else None

    # What happens.

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Fetch before anything else: what one may not see, one may not write to either."""
        self.reach()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form as the user left it."""
        form = self.form_class(initial=self.initial(), **self.form_kwargs())
        draft = drafts.load(self.request.user, self.draft_key()) if self.draft_kind else None
        if draft is not None:
            form.initial = {**form.initial, **typed_into(form, _as_sent(draft.data))}
        return self._page(form, {"draft": draft})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act, or show what stands in the way with every word kept."""
        form = self.form_class(request.POST, request.FILES, initial=self.initial(), **self.form_kwargs())
        if not form.is_valid():
            return self._page(form, self._keep())
        try:
            address = self.act(form)
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, self._keep())
        except EditConflict as conflict:
            return self._conflict(form, conflict)
        except Exception:
            self._keep()
            raise
        if self.draft_kind:
            drafts.discard(self.request.user, self.draft_key(), self._page_of_this_form())
        if self.success:
            messages.success(request, self.success)
        return HttpResponseRedirect(address)

    def _keep(self) -> dict[str, Any]:
        """Keep what was sent: someone without script has no autosave."""
        if not self.draft_kind:
            return {}
        place = self._place()
        try:
            kept = drafts.save(
                self.request.user, place.key, place.title, place.url, place.person_id, tokens.typed(self.request.POST)
            )
        except Refused:
            return {}
        return {"kept": kept}

    def _conflict(self, form: Form, conflict: EditConflict) -> HttpResponse:
        """Show both versions side by side. Saving again, having read them, saves over the newer one."""
        context = self._keep()
        context["conflict"] = list(_both(form, conflict))
        # What is saved now was read just now: the next save is made against it.
        self.reach()
        newest = {**self.initial(), **conflict.theirs}
        sent = self.request.POST.copy()
        for name, field in form.fields.items():
            if field.widget.is_hidden and name in newest:
                sent[form.add_prefix(name)] = str(newest[name])
        form.data = sent
        return self._page(form, context, status=409)

    def _page(self, form: Form, extra: dict[str, Any], status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "title": self.title,
            "button": self.button,
            "today": timezone.localdate(),
            **self.context(),
            **extra,
        }
        if self.draft_kind:
            context["draft_token"] = tokens.make(self.request.user, self._place())
        return render(self.request, self.template_name, context, status=status)

    def _place(self) -> tokens.Place:
        return tokens.Place(
            self.draft_key()[:200], self.draft_title()[:200], self.request.get_full_path(), self.draft_person_id()
        )

    def _page_of_this_form(self) -> str:
        try:
            return tokens.read(self.request.user, self.request.POST.get(tokens.FIELD, "")).page
        except BadSignature:
            return ""


def _as_sent(data: drafts.Data) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, values in data.items():
        sent.setlist(name, list(values))
    return sent


def _both(form: Form, conflict: EditConflict) -> Iterable[dict[str, Any]]:
    for name, saved in conflict.theirs.items():
        if name not in form.fields or form.fields[name].widget.is_hidden:
            continue
        bound = form[name]
        yours, theirs = _read(bound.field, form.cleaned_data.get(name)), _read(bound.field, saved)
        yield {
            "label": bound.label,
            "yours": yours,
            "theirs": theirs,
            "same": yours == theirs,
            "id": bound.id_for_label if isinstance(bound.field, forms.CharField) else "",
        }


def _read(field: forms.Field, value: Any) -> str:
    """Return a value as people read it."""
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    labels = {str(code): str(label) for code, label in getattr(field, "choices", [])}
    if isinstance(value, (list, tuple)):
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    return labels.get(str(value), str(value))
