"""What the worker does for accounts."""

from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.inviting import send
from accounts.losing import send as tell_of_reset
from accounts.models import SignInWait, StoredReply
from accounts.password_reset import send_reset


@shared_task(name="accounts.tasks.prune")
def prune() -> int:
    """Forget kept answers, waits and sessions that are past their time. Return how many rows went."""
    now = timezone.now()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    return StoredReply.prune(now) + SignInWait.prune(now) + sessions


@shared_task(name="accounts.tasks.mail_password_reset", ignore_result=True)
def mail_password_reset(email: str) -> None:
    """Send the link. A task, so that the page takes as long for a stranger's address as for a known one."""
    send_reset(email)


@shared_task(name="accounts.tasks.mail_invitation", ignore_result=True)
def mail_invitation(user: str) -> None:
    """Mail somebody the link of their invitation."""
    send(user)


@shared_task(name="accounts.tasks.mail_second_factor_reset", ignore_result=True)
def mail_second_factor_reset(user: str, by: str) -> None:
    """Tell somebody that their second factor was reset."""
    tell_of_reset(user, by)
