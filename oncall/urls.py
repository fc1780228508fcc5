"""The pages of on-call duty, under ``/console/oncall/``."""

from __future__ import annotations

from django.urls import path

from oncall.views import covering, overview, policies, policy_editing, schedules, scheduling, teams, ways

app_name = "oncall"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("schedules/new/", scheduling.schedule_create, name="schedule-create"),
    path("schedules/<uuid:pk>/", schedules.schedule_detail, name="schedule"),
    path("schedules/<uuid:pk>/edit/", scheduling.schedule_edit, name="schedule-edit"),
    path("schedules/<uuid:pk>/delete/", scheduling.schedule_delete, name="schedule-delete"),
    path("schedules/<uuid:pk>/take/", covering.schedule_take, name="schedule-take"),
    path("schedules/<uuid:pk>/cover/", covering.schedule_cover, name="schedule-cover"),
    path("schedules/<uuid:pk>/swap/", covering.schedule_swap, name="schedule-swap"),
    path("schedules/<uuid:pk>/rotate/", covering.schedule_rotate, name="schedule-rotate"),
    path("overrides/<uuid:pk>/end/", covering.override_end, name="override-end"),
    path("policies/", policies.policies, name="policies"),
    path("policies/new/", policy_editing.policy_create, name="policy-create"),
    path("policies/<uuid:pk>/", policies.policy_detail, name="policy"),
    path("policies/<uuid:pk>/edit/", policy_editing.policy_edit, name="policy-edit"),
    path("policies/<uuid:pk>/delete/", policy_editing.policy_delete, name="policy-delete"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<uuid:pk>/edit/", teams.team_edit, name="team-edit"),
    path("teams/<uuid:pk>/delete/", teams.team_delete, name="team-delete"),
    path("ways/", ways.ways, name="ways"),
    path("ways/new/", ways.way_create, name="way-create"),
    path("ways/<uuid:pk>/edit/", ways.way_edit, name="way-edit"),
    path("ways/<uuid:pk>/order/", ways.way_order, name="way-order"),
    path("ways/<uuid:pk>/ask/", ways.way_ask, name="way-ask"),
    path("ways/<uuid:pk>/test/", ways.way_test, name="way-test"),
    path("ways/<uuid:pk>/remove/", ways.way_remove, name="way-remove"),
]
