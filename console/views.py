"""The console's first screen, its search, and the site's front door."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import may
from accounts.roles import Role
from console.dashboard import dashboard as read_dashboard
from console.search import LONGEST
from console.search import search as find
from events.people import hide_people


@login_not_required
@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponseRedirect:
    """Send those who work here to the console and everyone else to the public page."""
    return redirect("console:dashboard" if may(request.user, Role.VIEWER) else "statuspage:page")


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what is wrong, who has it, what is late."""
    board = read_dashboard(timezone.now())
    hide_people(board.events, request.user)
    return render(request, "console/dashboard.html", {"board": board})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the incidents and services that hold the words of ``q``."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    return render(request, "console/search.html", {"query": text, "found": find(text)})
