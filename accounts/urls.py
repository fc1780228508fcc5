"""The console's account pages, under ``/console/accounts/``."""

from __future__ import annotations

from django.urls import path

from accounts.views import keys, profile, second_factor, setting_up
from accounts.views.zone import zone

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/sign-out-elsewhere/", profile.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("second-factor/", second_factor.overview, name="second-factor"),
    path("second-factor/new/", setting_up.set_up, name="second-factor-new"),
    path("second-factor/new/code.svg", setting_up.code, name="second-factor-code"),
    path("second-factor/recovery-codes/", second_factor.renew_codes, name="recovery-codes"),
    path("second-factor/off/", second_factor.switch_off, name="second-factor-off"),
    path("zone/", zone, name="zone"),
    path("keys/", keys.key_list, name="keys"),
    path("keys/new/", keys.key_create, name="key-create"),
    path("keys/<uuid:pk>/revoke/", keys.key_revoke, name="key-revoke"),
]
