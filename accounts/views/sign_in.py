"""The doors: sign in, the code after it, sign out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest, requires
from accounts.client import network_of
from accounts.complete import before_second_factor
from accounts.entry import Entry, entry_of
from accounts.forms import CodeForm, SignInForm
from accounts.models import SignInWait, User
from accounts.roles import Role
from accounts.sealed import Unopened
from accounts.sign_in import admit, complete, refuse, sign_out

UNREADABLE = "Your second factor cannot be read any more: SECRET_KEY has changed. Ask an admin to reset it."


class SignIn(auth_views.LoginView):
    """Asks for name and password. After some failures the next try has to wait, which is answered with 429."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """Return where to go; a link that leads to this very page leads to the console, where Django would fail."""
        there = str(super().get_success_url())
        return self.get_default_redirect_url() if there == self.request.path else there

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Say when nobody can sign in at all: the first start."""
        provider = settings.OIDC_NAME if settings.OIDC_ISSUER else ""
        return super().get_context_data(**context, nobody=not User.objects.exists(), provider=provider)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the try, then judge it."""
        username = request.POST.get("username", "")
        if username and request.POST.get("password"):
            wait = SignInWait.enter(username, network_of(request), timezone.now())
            if wait:
                return self._wait(username, wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        """Open the session, or ask for the code."""
        user, there = form.get_user(), self.get_success_url()
        said = {"username": form.data["username"], "zone": form.data.get("timezone", ""), "next": there}
        is_in = admit(self.request, user, Entry.of(user, **said))
        return HttpResponseRedirect(there) if is_in else redirect("second_step")

    def form_invalid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        """Show the form again."""
        if not form.errors.keys() & {"username", "password"}:
            refuse(self.request, form.cleaned_data.get("username", ""))
        return super().form_invalid(form)

    def _wait(self, username: str, seconds: int) -> HttpResponse:
        form = SignInForm(self.request, initial={"username": username})
        context = self.get_context_data(form=form, wait=seconds)
        return self.render_to_response(context, status=429, headers={"Retry-After": str(seconds)})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the app, or a recovery code. Wrong ones make the next try wait, as passwords do."""
    entry = entry_of(request)
    user = entry.user if entry else None
    if entry is None or user is None:
        messages.info(request, "That took too long, or your password has changed. Begin anew.")
        return redirect("login")
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form)
    wait = SignInWait.enter(entry.user_id, network_of(request), timezone.now(), "code")
    if wait:
        return _ask(request, CodeForm(), wait)
    return _judge(request, user, entry, form)


def _judge(request: HttpRequest, user: User, entry: Entry, form: CodeForm) -> HttpResponse:
    try:
        if complete(request, user, entry, form.cleaned_data["code"]):
            return HttpResponseRedirect(entry.next)
    except Unopened:
        form.add_error(None, UNREADABLE)
        return _ask(request, form)
    refuse(request, user.username, "code")
    form.add_error("code", "That is not the code of this moment, or it was used already. Wait for the next one.")
    return _ask(request, form)


def _ask(request: HttpRequest, form: CodeForm, wait: int = 0) -> HttpResponse:
    answer = render(request, "accounts/second_step.html", {"form": form, "wait": wait}, status=429 if wait else 200)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


@before_second_factor
@require_POST
@requires(Role.VIEWER)
def leave(request: ConsoleRequest) -> HttpResponse:
    """Sign out."""
    sign_out(request, request.user)
    return redirect("login")
