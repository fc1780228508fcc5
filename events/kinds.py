"""The event kinds, grouped by what they speak of. ``docs/events.md`` is printed from this table."""

from enum import StrEnum
from typing import Final, Self

# In the data of an event that follows from another of the same act: the kind of that one. Readers are told of it once.
TOLD_WITH: Final = "told_with"


class Kind(StrEnum):
    """Every kind of event that the log can hold; the value is what streams and the API show."""

    about: str

    def __new__(cls, value: str, about: str = "") -> Self:
        """Make a kind with its sentence."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.about = about
        return kind

    INCIDENT_CREATED = "INCIDENT_CREATED", "An incident was declared."
    INCIDENT_UPDATED = "INCIDENT_UPDATED", "What an incident says was edited; `before` and `after` hold the fields."
    INCIDENT_STATUS_CHANGED = "INCIDENT_STATUS_CHANGED", "An incident moved forward, with what was said about it."
    INCIDENT_UPDATE_POSTED = "INCIDENT_UPDATE_POSTED", "An update that moves nothing; a note is not public."
    INCIDENT_ACKNOWLEDGED = "INCIDENT_ACKNOWLEDGED", "Somebody has the incident; `assignee` says who. Never public."
    INCIDENT_ASSIGNED = "INCIDENT_ASSIGNED", "An incident was handed to somebody, or to nobody. Never public."
    INCIDENT_REOPENED = "INCIDENT_REOPENED", "A resolved incident is open again."
    INCIDENT_MERGED = "INCIDENT_MERGED", "An incident ended because another goes on in its place. Never public."
    INCIDENT_UPDATE_PROMISED = "INCIDENT_UPDATE_PROMISED", "Readers were told by when they hear next, or no longer."
    INCIDENT_UPDATE_DUE = "INCIDENT_UPDATE_DUE", "A promised update is due soon; `owner` is reminded. Never public."
    INCIDENT_UPDATE_OVERDUE = "INCIDENT_UPDATE_OVERDUE", "A promised update did not come in time."
    TEMPLATE_CREATED = "TEMPLATE_CREATED", "A template of incidents was written. Never public, like all of these."
    TEMPLATE_CHANGED = "TEMPLATE_CHANGED", "A template was edited."
    TEMPLATE_DELETED = "TEMPLATE_DELETED", "A template was deleted; what was written with it stays."
    FILTER_SAVED = "FILTER_SAVED", "Somebody saved a filter of the list of incidents. Never public, like all of these."
    FILTER_CHANGED = "FILTER_CHANGED", "A saved filter was renamed, shared, or is its owner's alone again."
    FILTER_DELETED = "FILTER_DELETED", "A saved filter was deleted."

    POSTMORTEM_DRAFTED = "POSTMORTEM_DRAFTED", "The postmortem of an incident was begun. Never public."
    POSTMORTEM_CHANGED = "POSTMORTEM_CHANGED", "A postmortem was edited; public once it is published."
    POSTMORTEM_PUBLISHED = "POSTMORTEM_PUBLISHED", "A postmortem was published; of an internal incident inside alone."
    ACTION_ITEM_ADDED = "ACTION_ITEM_ADDED", "A postmortem has one more task. Never public, like all of these."
    ACTION_ITEM_CHANGED = "ACTION_ITEM_CHANGED", "A task has another title, owner or day."
    ACTION_ITEM_DONE = "ACTION_ITEM_DONE", "A task is done."
    ACTION_ITEM_REOPENED = "ACTION_ITEM_REOPENED", "A task is not done after all."
    ACTION_ITEM_OVERDUE = (
        "ACTION_ITEM_OVERDUE",
        "The day of a task is over; its owner is reminded, once.",
    )
    ACTION_ITEM_REMOVED = "ACTION_ITEM_REMOVED", "A task was taken off its postmortem."

    ONCALL_PAGED = "ONCALL_PAGED", "People on call are told of an incident; `reason` says why. Never public."
    ONCALL_HELD = "ONCALL_HELD", "A page waits until a maintenance window is over. Never public."
    ONCALL_UNREACHED = "ONCALL_UNREACHED", "No message of a page got through, so the next step is due. Never public."
    ONCALL_UNANSWERED = "ONCALL_UNANSWERED", "Everybody was paged and nobody answered. Never public."

    SERVICE_STATUS_CHANGED = "SERVICE_STATUS_CHANGED", "The status of a service changed, whatever moved it."
    SERVICE_COUNTING_CHANGED = "SERVICE_COUNTING_CHANGED", "How time counts for a service, not its status."
    SERVICE_CREATED = "SERVICE_CREATED", "A service was added to the catalogue."
    SERVICE_CHANGED = "SERVICE_CHANGED", "A service was edited, or the status set by hand was one it had already."
    SERVICE_DELETED = "SERVICE_DELETED", "A service was deleted with its components and history."
    COMPONENT_STATUS_CHANGED = "COMPONENT_STATUS_CHANGED", "The status of a component changed."
    COMPONENT_COUNTING_CHANGED = "COMPONENT_COUNTING_CHANGED", "The same of a component."
    COMPONENT_CREATED = "COMPONENT_CREATED", "A component was added to a service."
    COMPONENT_CHANGED = "COMPONENT_CHANGED", "A component was edited."
    COMPONENT_DELETED = "COMPONENT_DELETED", "A component was deleted."
    HEARTBEAT_CONFIGURED = "HEARTBEAT_CONFIGURED", "How a component is checked was said, or changed. Never public."
    HEARTBEAT_SWITCHED_OFF = "HEARTBEAT_SWITCHED_OFF", "A component is no longer checked. Never public."
    HEARTBEAT_PAUSED = "HEARTBEAT_PAUSED", "The checks of a component rest; its time counts as no data. Never public."
    HEARTBEAT_RESUMED = "HEARTBEAT_RESUMED", "The checks of a component go on. Never public."
    HEARTBEAT_TOKEN_ROTATED = "HEARTBEAT_TOKEN_ROTATED", "A watched job has a new address to call. Never public."
    SLA_WARNING = "SLA_WARNING", "A service has used 80 % of the downtime that its target allows. Never public."
    SLA_BREACHED = "SLA_BREACHED", "A service was down for longer than its target allows. Never public."
    SLA_RECOVERED = "SLA_RECOVERED", "A rolling period holds less than 80 % of the allowance again. Never public."
    SLA_BREACH_ACKNOWLEDGED = "SLA_BREACH_ACKNOWLEDGED", "Somebody has looked at a breach or a warning. Never public."
    GROUP_CREATED = "GROUP_CREATED", "A group of services was made."
    GROUP_CHANGED = "GROUP_CHANGED", "A group was renamed or moved."
    GROUP_DELETED = "GROUP_DELETED", "A group was deleted; its services stay."
    SERVICES_REORDERED = "SERVICES_REORDERED", "Services, or groups, stand in another order."

    MAINTENANCE_SCHEDULED = "MAINTENANCE_SCHEDULED", "A window was planned."
    MAINTENANCE_CHANGED = "MAINTENANCE_CHANGED", "A window was moved, extended or edited; `before` and `after` hold it."
    MAINTENANCE_REMINDER = "MAINTENANCE_REMINDER", "A planned window begins soon."
    MAINTENANCE_STARTED = "MAINTENANCE_STARTED", "A window is under way: its services are in maintenance."
    MAINTENANCE_UPDATE_POSTED = "MAINTENANCE_UPDATE_POSTED", "Something was said about a window."
    MAINTENANCE_COMPLETED = "MAINTENANCE_COMPLETED", "A window has ended."
    MAINTENANCE_CANCELLED = "MAINTENANCE_CANCELLED", "A planned window does not take place."

    ALERT_RECEIVED = "ALERT_RECEIVED", "A machine reported something new. Never public, like all of these."
    ALERT_RESOLVED = "ALERT_RESOLVED", "An alert is over: its sender said so."
    ALERT_EXPIRED = "ALERT_EXPIRED", "An alert was closed because its sender did not say it again."
    ALERT_ACKNOWLEDGED = "ALERT_ACKNOWLEDGED", "Where an alert comes from, somebody has it."
    ALERT_MOVED = "ALERT_MOVED", "Somebody put an alert into another incident."
    SILENCE_CREATED = "SILENCE_CREATED", "Somebody silenced alerts for a while."
    SILENCE_ENDED = "SILENCE_ENDED", "Somebody ended a silence before its time."
    INTEGRATION_CREATED = "INTEGRATION_CREATED", "A source of alerts was made, with its key."
    INTEGRATION_CHANGED = "INTEGRATION_CHANGED", "How a source of alerts is read was changed."
    INTEGRATION_DELETED = "INTEGRATION_DELETED", "A source of alerts was removed; what it reported stays."

    MESSAGE_WITHDRAWN = "MESSAGE_WITHDRAWN", "The message about an event was taken back before it went. Never public."
    MESSAGE_NOT_MADE = (
        "MESSAGE_NOT_MADE",
        "A message could not be made, so nobody was told. Never public.",
    )
    DELIVERY_RETRIED = "DELIVERY_RETRIED", "What had failed is sent again, or what waits now. Never public."
    DELIVERY_SEEN = "DELIVERY_SEEN", "Somebody has looked at what did not go through. Never public."

    SUBSCRIBER_ADDED = "SUBSCRIBER_ADDED", "An operator added an address that is told. Never public, like all of these."
    SUBSCRIBER_CONFIRMED = "SUBSCRIBER_CONFIRMED", "Whoever reads an address said yes, or an admin vouched for it."
    SUBSCRIBER_CHANGED = "SUBSCRIBER_CHANGED", "An address is told of other things, or of them otherwise."
    SUBSCRIBER_LEFT = "SUBSCRIBER_LEFT", "Whoever reads an address wants to be told no more."
    SUBSCRIBER_REMOVED = "SUBSCRIBER_REMOVED", "An operator took an address off the list."
    SUBSCRIBER_STOPPED = "SUBSCRIBER_STOPPED", "An address refuses messages for good, so none go there."
    SUBSCRIBERS_FORGOTTEN = (
        "SUBSCRIBERS_FORGOTTEN",
        "Who followed what ended long ago was taken off; `count` says how many.",
    )
    SUBSCRIBERS_IMPORTED = "SUBSCRIBERS_IMPORTED", "A list of addresses came in; `vouched` says whether as confirmed."

    CHANNEL_CREATED = "CHANNEL_CREATED", "A channel was made. Never public, like all of these."
    CHANNEL_CHANGED = "CHANNEL_CHANGED", "A channel was edited; `options` names those that changed, not to what."
    CHANNEL_SECRET_ROTATED = "CHANNEL_SECRET_ROTATED", "A channel signs with another secret, for a day with both."
    CHANNEL_SWITCHED_OFF = "CHANNEL_SWITCHED_OFF", "A channel is told nothing more: by a person, or as it kept failing."
    CHANNEL_SWITCHED_ON = "CHANNEL_SWITCHED_ON", "A channel is told again."
    CHANNEL_SEEN = "CHANNEL_SEEN", "Somebody has looked at a channel that was switched off by itself."
    CHANNEL_DELETED = "CHANNEL_DELETED", "A channel was deleted; what it was sent stays listed."
    CHANNEL_TESTED = "CHANNEL_TESTED", "A test was sent to a channel, and to nobody else."
    NOTE_SENT = "NOTE_SENT", "A note that somebody wrote was sent to a channel."

    TEAM_CREATED = "TEAM_CREATED", "A team was made. Never public, like all of these."
    TEAM_CHANGED = "TEAM_CHANGED", "A team was renamed, or has other members."
    TEAM_DELETED = "TEAM_DELETED", "A team was deleted; its schedules and policies stay."
    SCHEDULE_CREATED = "SCHEDULE_CREATED", "A schedule of who is on call was made."
    SCHEDULE_CHANGED = "SCHEDULE_CHANGED", "A schedule is another one from now on; what was before stays."
    SCHEDULE_DELETED = "SCHEDULE_DELETED", "A schedule was deleted with its overrides."
    OVERRIDE_CREATED = "OVERRIDE_CREATED", "Somebody stands in for a while."
    OVERRIDE_ENDED = "OVERRIDE_ENDED", "An override was ended early, or taken back before it began."
    POLICY_CREATED = "POLICY_CREATED", "An escalation policy was made."
    POLICY_CHANGED = "POLICY_CHANGED", "An escalation policy was changed; pages that run go on as they began."
    POLICY_DELETED = "POLICY_DELETED", "An escalation policy was deleted."
    CONTACT_WAY_ADDED = "CONTACT_WAY_ADDED", "Somebody gave a way to be reached; it waits to be verified."
    CONTACT_WAY_ASKED = "CONTACT_WAY_ASKED", "The link that verifies a contact way was asked for once more."
    CONTACT_WAY_VERIFIED = "CONTACT_WAY_VERIFIED", "Whoever reads a contact way said that it is theirs."
    CONTACT_WAY_CHANGED = "CONTACT_WAY_CHANGED", "The order, delay or name of a contact way was changed."
    CONTACT_WAY_FAILING = "CONTACT_WAY_FAILING", "Pages do not get through by a contact way; `because` says why."
    CONTACT_WAY_WORKS = "CONTACT_WAY_WORKS", "A page got through again by a contact way that was failing."
    CONTACT_WAY_TESTED = "CONTACT_WAY_TESTED", "A test was sent by a contact way."
    CONTACT_WAY_REMOVED = "CONTACT_WAY_REMOVED", "A contact way was removed."

    USER_CREATED = "USER_CREATED", "Somebody was given an account."
    USER_CHANGED = "USER_CHANGED", "An account was changed."
    USER_SIGNED_IN = "USER_SIGNED_IN", "Somebody signed in."
    USER_SIGN_IN_REFUSED = "USER_SIGN_IN_REFUSED", "A sign-in was refused."
    USER_SIGNED_OUT = "USER_SIGNED_OUT", "Somebody signed out."
    USER_PASSWORD_CHANGED = "USER_PASSWORD_CHANGED", "Somebody has a new password; their other sessions ended."
    USER_SESSIONS_ENDED = "USER_SESSIONS_ENDED", "Somebody signed out everywhere else."
    USER_INVITED = "USER_INVITED", "Somebody was invited; `times` says how often by now. The account waits for them."
    USER_INVITATION_WITHDRAWN = "USER_INVITATION_WITHDRAWN", "An invitation was taken back."
    USER_JOINED = "USER_JOINED", "Whoever was invited has set a password, and can sign in."
    USER_SECOND_FACTOR_ON = "USER_SECOND_FACTOR_ON", "Somebody is asked for a code, too; `replaced`: of another device."
    USER_SECOND_FACTOR_OFF = "USER_SECOND_FACTOR_OFF", "Somebody is asked for the password alone again."
    USER_SECOND_FACTOR_RESET = "USER_SECOND_FACTOR_RESET", "An admin took away a second factor that was lost."
    USER_RECOVERY_CODES_RENEWED = "USER_RECOVERY_CODES_RENEWED", "Somebody has new recovery codes; the old ones ended."
    USER_RECOVERY_CODE_USED = "USER_RECOVERY_CODE_USED", "A recovery code stood in for the app; `left` are left."
    USER_IDENTITY_TIED = "USER_IDENTITY_TIED", "An account is now somebody's at the identity provider `issuer`."
    USER_IDENTITY_UNTIED = "USER_IDENTITY_UNTIED", "An account is nobody's at the identity provider any more."
    API_KEY_CREATED = "API_KEY_CREATED", "An API key was made."
    API_KEY_REVOKED = "API_KEY_REVOKED", "An API key was revoked."

    BRAND_CHANGED = "BRAND_CHANGED", "The name, texts, links, colour or logo of the page were changed. Never public."

    BACKUP_IMPORTED = "BACKUP_IMPORTED", "A backup was brought in; `created` and `updated` count rows. Never public."
    DEMO_SEEDED = "DEMO_SEEDED", "Everything was wiped and the demo was made."

    @property
    def label(self) -> str:
        """Return the kind as people read it: ``Incident status changed``."""
        said = self.value.replace("_", " ").capitalize()
        return said.replace("Api", "API").replace("Sla", "SLA").replace("Oncall", "On call:")
