"""The names of the rules: the gate's, and those of who may do what with a result."""

from enum import StrEnum


class Rule(StrEnum):
    """A rule by the name that refusals and the audit log state."""

    SERVER_NOT_ALLOWED = "server_not_allowed"
    SAFE_MODE = "safe_mode"
    CONTENT_VIOLATION = "content_violation"
    PICTURE_NOT_KNOWN_SAFE = "picture_not_known_safe"
    PAUSED = "paused"
    BLOCKED = "blocked"
    PAUSED_FOR_STRIKES = "paused_for_strikes"
    FORBIDDEN_EVERYWHERE = "forbidden_everywhere"
    BLOCKED_TERM = "blocked_term"
    MODEL_NOT_ALLOWED = "model_not_allowed"
    UNCENSORED_MODEL = "uncensored_model"
    COMMAND_NOT_ALLOWED = "command_not_allowed"
    TOO_MANY_IMAGES = "too_many_images"
    PRIVATE_IMAGES = "private_images"

    REVIEW_ALL = "review_all"
    REVIEW_FLAGGED = "review_flagged"
    REVIEW_NEW_MEMBERS = "review_new_members"
    SAFETY_UNKNOWN = "safety_unknown"
    HELD_FOR_REVIEW = "held_for_review"

    RESULT_PRIVATE = "result_private"
    NOT_YOUR_RESULT = "not_your_result"
    ALREADY_PUBLIC = "already_public"
    NOBODY_TO_SHARE_WITH = "nobody_to_share_with"
    YOUR_OWN_PICTURE = "your_own_picture"
    NO_VOTES_HERE = "no_votes_here"
    BATTLE_OPEN = "battle_open"


OF_THE_GATE = frozenset(
    {
        Rule.SERVER_NOT_ALLOWED,
        Rule.SAFE_MODE,
        Rule.CONTENT_VIOLATION,
        Rule.PICTURE_NOT_KNOWN_SAFE,
        Rule.PAUSED,
        Rule.FORBIDDEN_EVERYWHERE,
        Rule.BLOCKED_TERM,
        Rule.MODEL_NOT_ALLOWED,
        Rule.UNCENSORED_MODEL,
        Rule.COMMAND_NOT_ALLOWED,
        Rule.TOO_MANY_IMAGES,
        Rule.PRIVATE_IMAGES,
    }
)
"""The rules by which requests and pictures are refused: a member can ask why."""
