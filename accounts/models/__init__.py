"""Users, API keys, the wait after wrong passwords, and the answers kept for repeated calls."""

from accounts.models.api_key import ApiKey
from accounts.models.sign_in_wait import SignInWait
from accounts.models.stored_reply import StoredReply
from accounts.models.user import User

__all__ = ["ApiKey", "SignInWait", "StoredReply", "User"]
