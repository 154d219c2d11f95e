"""The names of the gate's rules."""

from enum import StrEnum


class Rule(StrEnum):
    """A rule by the name that refusals and the audit log state."""

    SERVER_NOT_ALLOWED = "server_not_allowed"
    SAFE_MODE = "safe_mode"
    CONTENT_VIOLATION = "content_violation"
