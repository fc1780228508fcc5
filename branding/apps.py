"""What this installation is called and looks like."""

from django.apps import AppConfig


class BrandingConfig(AppConfig):
    """One row: the name, the texts, the links, the colour and the logo that the public, mails and chats show."""

    name = "branding"
