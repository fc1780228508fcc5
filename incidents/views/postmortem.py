"""The postmortem of an incident: written, looked at, published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import ConsoleRequest, may
from accounts.once import new_token, once
from accounts.roles import Role
from events.errors import StaleEdit
from incidents import expecting
from incidents.forms.postmortem import ActionItemForm, PostmortemForm, PostmortemPublishForm
from incidents.models import Incident, Postmortem
from incidents.models.postmortem import TEXTS
from incidents.postmortems.draft import draft
from incidents.postmortems.facts import record_of
from incidents.postmortems.file import file_of
from services import announcements
from services.forms import accepted


@once
@require_http_methods(["GET", "HEAD", "POST"])
def postmortem(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show it, or a draft made of what is known; save what is typed."""
    incident = get_object_or_404(Incident, pk=pk)
    found = Postmortem.objects.filter(incident=incident).first()
    if request.method != "POST":
        return postmortem_page(request, incident, found)
    form = _form(incident, found, request.POST)
    if "preview" in request.POST:
        return _previewed(request, incident, found, form)
    try:
        if accepted(form, lambda: _save(request, incident, found, form)):
            messages.success(request, _saved(found))
            return redirect("incidents:postmortem", pk)
    except StaleEdit:
        now = Postmortem.objects.get(incident=incident)
        form, differences = form.merged(now)
        more = {"stale": True, "differences": differences}
        return postmortem_page(request, incident, now, form, status=409, **more)
    return postmortem_page(request, incident, found, form, status=400)


@once
@require_http_methods(["GET", "HEAD", "POST"])
def postmortem_publish(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Publish what is saved; ``preview`` shows the message alone."""
    if request.method != "POST":
        return redirect("incidents:postmortem", pk)
    incident = get_object_or_404(Incident, pk=pk)
    found = get_object_or_404(Postmortem, incident=incident)
    found.incident = incident
    form = PostmortemPublishForm(request.POST)

    def publish(version: int | None = None) -> None:
        found.publish(by=request.actor, quiet="quiet" in request.POST, version=version)

    if "preview" in request.POST:
        # As it would go now, whatever was read.
        return _announced(request, incident, found, announcements.rehearsed(form, publish))
    try:
        if accepted(form, lambda: publish(form.cleaned_data["version"])):
            messages.success(request, _published(found))
            return redirect("incidents:postmortem", pk)
    except StaleEdit as stale:
        form.add_error(None, f"{stale} Read it again, then publish it.")
    found.refresh_from_db()
    return postmortem_page(request, incident, found, status=409, refused=form)


@require_safe
def postmortem_export(_request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Return it as a Markdown file."""
    return file_of(get_object_or_404(Postmortem.objects.select_related("incident"), incident=pk))


def postmortem_page(
    request: ConsoleRequest,
    incident: Incident,
    found: Postmortem | None,
    form: PostmortemForm | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Render the page, with ``form`` where it was not accepted."""
    now = timezone.now()
    context = {
        "incident": incident,
        "postmortem": found,
        "record": record_of(incident, now),
        "items": _items(found),
        "form_token": new_token(),
        **more,
    }
    if may(request.user, Role.OPERATOR):
        context |= {"form": form or _form(incident, found), "item_form": more.get("item_form") or ActionItemForm()}
        context["held"] = announcements.held(("incident", incident.pk), by=request.actor)
        context.setdefault("tells", expecting.of_postmortem(incident))
    return render(request, "incidents/postmortem.html", context, status=status)


def _items(found: Postmortem | None) -> Any:
    return found.action_items.select_related("owner", "postmortem") if found else []


def _form(incident: Incident, found: Postmortem | None, data: Any = None) -> PostmortemForm:
    if found is not None:
        return PostmortemForm.of(found, data)
    return PostmortemForm(draft(record_of(incident, timezone.now())), None, data)


def _save(request: ConsoleRequest, incident: Incident, found: Postmortem | None, form: PostmortemForm) -> None:
    if found is None:
        Postmortem.draft(incident, by=request.actor, texts=form.texts)
    else:
        found.edit(by=request.actor, changes=form.texts, version=form.cleaned_data["version"])


def _saved(found: Postmortem | None) -> str:
    if found is None or not found.is_published:
        return "The draft is saved. Nobody outside sees it."
    return "The changes are saved, and readers see that it was edited." if found.public else "The changes are saved."


def _published(found: Postmortem) -> str:
    if found.public:
        return "Published. The public page of the incident shows it."
    return "Published inside. The incident is internal, so only people here see it."


def _previewed(
    request: ConsoleRequest, incident: Incident, found: Postmortem | None, form: PostmortemForm
) -> HttpResponse:
    """Show how the texts look: htmx puts it beside the form, without it the form's page shows it."""
    sections = [(form[name].label, str(form[name].value() or "")) for name in TEXTS]
    if "HX-Request" in request.headers:
        return render(request, "incidents/_postmortem_sections.html", {"sections": sections})
    return postmortem_page(request, incident, found, form, sections=sections)


def _announced(
    request: ConsoleRequest, incident: Incident, found: Postmortem, message: announcements.Message | None
) -> HttpResponse:
    preview = {"verb": "publish", "announcement": message, "known": True}
    if "HX-Request" in request.headers:
        return render(request, "components/announcement.html", {**preview, "fragment": True})
    tells = message.recipients if message else announcements.NOBODY
    found.refresh_from_db()
    return postmortem_page(request, incident, found, preview=preview, tells=tells)
