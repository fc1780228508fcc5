"""The engine: claims the deliveries that are due, looks at the state again, sends them, and writes how it ended.

``docs/adr`` has its reasons. The rest of the product needs only these: :func:`send_one` for a message that somebody
waits for, :func:`send_due` for all that is due.
"""

from notifications.sending.runner import send_due, send_one

__all__ = ["send_due", "send_one"]
