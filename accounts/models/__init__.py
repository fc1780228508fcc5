"""Users, how they prove who they are, invitations, API keys, waits, and the answers kept for repeated calls."""

from accounts.models.api_key import ApiKey
from accounts.models.identity import Identity
from accounts.models.invitation import Invitation
from accounts.models.second_factor import SecondFactor
from accounts.models.sign_in_wait import SignInWait
from accounts.models.stored_reply import StoredReply
from accounts.models.user import User

__all__ = ["ApiKey", "Identity", "Invitation", "SecondFactor", "SignInWait", "StoredReply", "User"]
