"""Adding an address, and bringing a list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest, may, requires
from accounts.once import new_token, once
from accounts.roles import Role
from events.errors import Refused
from notifications.models import Subscriber
from notifications.subscribers.forms import AddForm, ImportForm

# A page names so many lines that could not be taken in.
SHOWN = 100


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def subscriber_add(request: ConsoleRequest) -> HttpResponse:
    """Add one address."""
    form = AddForm(request.POST or None, may_vouch=may(request.user, Role.ADMIN))
    if request.method == "POST" and form.is_valid():
        try:
            row = _added(request, form)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _said(row))
            return redirect("subscribers:list")
    context = {"form": form, "form_token": new_token()}
    return render(request, "notifications/subscribers/add.html", context, status=400 if form.errors else 200)


@requires(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def subscriber_import(request: ConsoleRequest) -> HttpResponse:
    """Bring a list. Sent twice, it finds everybody known."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        read = form.cleaned_data["sheet"]
        try:
            found = Subscriber.import_list(
                read.wanted, by=request.actor, vouched=form.cleaned_data["vouched"], source=form.source
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            done = {"found": found, "read": read, "vouched": form.cleaned_data["vouched"]}
            context = {"form": ImportForm(), "done": done, "faults": read.faults[:SHOWN]}
    return render(request, "notifications/subscribers/import.html", context, status=400 if form.errors else 200)


def _added(request: ConsoleRequest, form: AddForm) -> Subscriber:
    vouched = form.cleaned_data.get("vouched", False)
    return Subscriber.add(form.reader, form.choice(), by=request.actor, vouched=vouched)


def _said(row: Subscriber) -> str:
    return f"{row} is told from now on." if row.is_told else f"{row} has been asked, and is told once it has said yes."
