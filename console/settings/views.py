"""The page of the settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest, requires
from accounts.roles import Role
from branding.colour import DARK, LIGHT, contrast, is_colour, shades
from branding.models import Brand
from console.settings.forms import BrandForm, LogoForm
from events.errors import StaleEdit
from services.forms import accepted
from services.views.answers import tried
from statuspage import face


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ADMIN)
def edit(request: ConsoleRequest) -> HttpResponse:
    """Show what is set, and change it. Who comes second sees both."""
    brand = Brand.current()
    if request.method != "POST":
        return _page(request, BrandForm(instance=brand, initial={"version": brand.version}))
    form = BrandForm(request.POST)

    def save() -> None:
        brand.edit(by=request.actor, changes=form.changes, version=form.cleaned_data["version"])

    try:
        if accepted(form, save):
            messages.success(request, "The settings are saved. The public page shows them within seconds.")
            return redirect("settings:edit")
    except StaleEdit as error:
        typed = request.POST.copy()
        typed["version"] = str(error.current["version"])
        again = BrandForm(typed)
        return _page(request, again, 409, differences=form.differences(error.current))
    return _page(request, form, 400)


@require_POST
@requires(Role.ADMIN)
def logo(request: ConsoleRequest) -> HttpResponse:
    """Take a picture as the logo."""
    form, brand = LogoForm(request.POST, request.FILES), Brand.current()
    if accepted(form, lambda: brand.set_logo(form.data_of_file(), by=request.actor)):
        messages.success(request, "The logo is saved. The public page shows it within seconds.")
        return redirect("settings:edit")
    return _page(request, BrandForm(instance=brand, initial={"version": brand.version}), 400, logo_form=form)


@require_POST
@requires(Role.ADMIN)
def remove_logo(request: ConsoleRequest) -> HttpResponse:
    """Show the name again."""
    if tried(request, lambda: Brand.current().remove_logo(by=request.actor)):
        messages.success(request, "The logo is removed: the public page shows the name.")
    return redirect("settings:edit")


def _page(request: ConsoleRequest, form: BrandForm, code: int = 200, **more: Any) -> HttpResponse:
    brand = Brand.current()
    context = {"form": form, "logo_form": LogoForm(), "face": face.of(brand), "themes": _themes(brand.accent)}
    return render(request, "console/settings/edit.html", context | more, status=code)


def _themes(accent: str) -> list[dict[str, object]]:
    """Return the accent in both themes, with the ground that it is read on worst."""
    if not is_colour(accent.lower()):
        return []
    rows = zip(("Light", "Dark"), shades(accent.lower()), (LIGHT[0], DARK[-1]), strict=True)
    return [
        {"name": name, "shade": shade, "ground": ground, "contrast": f"{contrast(shade.accent, ground):.1f}"}
        for name, shade, ground in rows
    ]
