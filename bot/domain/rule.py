"""The names of the rules: the gate's, and those of who may do what with a result."""

from enum import StrEnum


class Rule(StrEnum):
    """A rule by the name that refusals and the audit log state."""

    SERVER_NOT_ALLOWED = "server_not_allowed"
    SAFE_MODE = "safe_mode"
    CONTENT_VIOLATION = "content_violation"

    RESULT_PRIVATE = "result_private"
    NOT_YOUR_RESULT = "not_your_result"
    ALREADY_PUBLIC = "already_public"
    NOBODY_TO_SHARE_WITH = "nobody_to_share_with"
