"""Teams: make, change, delete."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest
from oncall.forms.teams import TeamForm
from oncall.models import Team
from services.forms import accepted
from services.views.answers import back_to, tried


@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: ConsoleRequest) -> HttpResponse:
    """List the teams, and make one more."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and accepted(form, lambda: Team.add(by=request.actor, **form.cleaned_data)):
        messages.success(request, f"The team {form.cleaned_data['name']} is made.")
        return back_to("oncall:teams")
    found = Team.objects.prefetch_related("members", "schedules", "policies")
    return render(request, "oncall/teams.html", {"form": form, "teams": found}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Rename a team, and say who belongs to it."""
    team = get_object_or_404(Team, pk=pk)
    initial = {"name": team.name, "members": [str(user.pk) for user in team.members.all()]}
    form = TeamForm(request.POST or None, initial=initial)
    if request.method == "POST" and accepted(form, lambda: team.edit(by=request.actor, changes=form.cleaned_data)):
        messages.success(request, f"The team {team} is saved.")
        return back_to("oncall:teams", anchor=f"team-{pk}")
    context = {"form": form, "team": team}
    return render(request, "oncall/team_form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def team_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete; its schedules and policies stay."""
    team = get_object_or_404(Team, pk=pk)
    if request.method == "POST" and tried(request, lambda: team.remove(by=request.actor)):
        messages.success(request, f"The team {team} is deleted.")
        return back_to("oncall:teams")
    return render(request, "oncall/team_delete.html", {"team": team})
