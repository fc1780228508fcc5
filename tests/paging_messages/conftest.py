"""An engine whose clock only the test moves, a mail server and a web server."""

from __future__ import annotations

from tests.fanout.conftest import nobody_hears_the_bell
from tests.sending.conftest import engine, mail_server, mails, web, web_server

__all__ = ["engine", "mail_server", "mails", "nobody_hears_the_bell", "web", "web_server"]
