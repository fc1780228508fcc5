"""The doors: sign in, sign out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest, requires
from accounts.client import network_of
from accounts.forms import SignInForm
from accounts.models import SignInWait, User
from accounts.roles import Role
from accounts.sign_in import refuse, sign_in, sign_out


class SignIn(auth_views.LoginView):
    """Asks for name and password. After some failures the next try has to wait, which is answered with 429."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Say when nobody can sign in at all: the first start."""
        return super().get_context_data(**context, nobody=not User.objects.exists())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the try, then judge it."""
        username = request.POST.get("username", "")
        if username and request.POST.get("password"):
            wait = SignInWait.enter(username, network_of(request), timezone.now())
            if wait:
                return self._wait(username, wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        """Open the session."""
        sign_in(self.request, form.get_user(), form.data["username"])
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        """Show the form again."""
        if not form.errors.keys() & {"username", "password"}:
            refuse(self.request, form.cleaned_data.get("username", ""))
        return super().form_invalid(form)

    def _wait(self, username: str, seconds: int) -> HttpResponse:
        form = SignInForm(self.request, initial={"username": username})
        context = self.get_context_data(form=form, wait=seconds)
        return self.render_to_response(context, status=429, headers={"Retry-After": str(seconds)})


@require_POST
@requires(Role.VIEWER)
def leave(request: ConsoleRequest) -> HttpResponse:
    """Sign out."""
    sign_out(request, request.user)
    return redirect("login")
