"""Signing in and passwords, under ``/console/``. Django's own names, because Django looks for them."""

from __future__ import annotations

from django.urls import path

from accounts.views import invitation, oidc, password, sign_in

urlpatterns = [
    path("sign-in", sign_in.SignIn.as_view(), name="login"),
    path("sign-in/code", sign_in.second_step, name="second_step"),
    path("sign-in/oidc", oidc.begin, name="oidc"),
    path("sign-in/oidc/back", oidc.back, name="oidc_back"),
    path("sign-out", sign_in.leave, name="logout"),
    path("invitation/<token>", invitation.accept, name="invitation"),
    path("password/", password.ChangePassword.as_view(), name="password_change"),
    path("password/forgotten", password.forgotten, name="password_reset"),
    path("password/sent", password.Sent.as_view(), name="password_reset_done"),
    path("password/reset/<uidb64>/<token>", password.Reset.as_view(), name="password_reset_confirm"),
]
