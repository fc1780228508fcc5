"""The console's pages of people, under ``/console/accounts/people/``."""

from __future__ import annotations

from django.urls import path

from console.people import inviting, leaving, losing, views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("new/", inviting.invite, name="invite"),
    path("<uuid:pk>/", views.person, name="detail"),
    path("<uuid:pk>/invite/", inviting.invite_again, name="invite-again"),
    path("<uuid:pk>/withdraw/", inviting.withdraw, name="withdraw"),
    path("<uuid:pk>/reset-second-factor/", losing.reset, name="reset-second-factor"),
    path("<uuid:pk>/untie/", losing.untie, name="untie"),
    path("<uuid:pk>/deactivate/", leaving.deactivate, name="deactivate"),
    path("<uuid:pk>/reactivate/", leaving.reactivate, name="reactivate"),
]
