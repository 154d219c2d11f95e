"""The audit log: what moderators, the operator and the gate have done, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.domain.gate.rule import Rule
from bot.domain.ids import AccountKey, ChannelId, GuildId, ModelId, UserId

REASON_LIMIT = 300
"""Characters that a reason may have."""

ONE_ENTRY_FOR = timedelta(minutes=5)
"""For how long equal decisions of the gate about one member are one entry."""


class Act(StrEnum):
    """What was done."""

    CHANNEL_SET = "channel_set"
    CHANNEL_COPIED = "channel_copied"
    PAUSED = "paused"
    RESUMED = "resumed"
    TERM_ADDED = "term_added"
    TERM_REMOVED = "term_removed"
    TERMS_IMPORTED = "terms_imported"
    LIMITS_SET = "limits_set"
    QUOTA_SETTINGS_SET = "quota_settings_set"
    GRANT_GIVEN = "grant_given"
    GRANT_REVOKED = "grant_revoked"
    IMAGE_APPROVED = "image_approved"
    IMAGE_REJECTED = "image_rejected"
    REVIEW_EXPIRED = "review_expired"
    APPEALED = "appealed"
    ROUND_OPENED = "round_opened"
    ROUND_CLOSED = "round_closed"
    ROUND_CANCELLED = "round_cancelled"
    PROPOSAL_REMOVED = "proposal_removed"
    STRIKE_GIVEN = "strike_given"
    STRIKE_WITHDRAWN = "strike_withdrawn"
    STRIKE_RULES_SET = "strike_rules_set"
    MEMBER_BLOCKED = "member_blocked"
    MEMBER_UNBLOCKED = "member_unblocked"
    PICTURE_HIDDEN = "picture_hidden"
    PICTURE_RESTORED = "picture_restored"
    PICTURE_REMOVED = "picture_removed"
    STARBOARD_SET = "starboard_set"
    STYLE_ADDED = "style_added"
    STYLE_RENAMED = "style_renamed"
    STYLE_RETIRED = "style_retired"
    STYLE_RESTORED = "style_restored"
    STYLE_EXAMPLE_SET = "style_example_set"
    STYLE_REFERENCE_ADDED = "style_reference_added"
    STYLE_REFERENCE_REMOVED = "style_reference_removed"
    STYLE_MERGED = "style_merged"
    STYLES_IMPORTED = "styles_imported"
    TAKING_PART_SET = "taking_part_set"
    BATTLE_REMOVED = "battle_removed"
    CONTEST_OPENED = "contest_opened"
    CONTEST_STEPPED = "contest_stepped"
    CONTEST_CANCELLED = "contest_cancelled"
    VOTES_DECIDED = "votes_decided"
    VOTES_WITHDRAWN = "votes_withdrawn"
    LOG_CHANNEL_SET = "log_channel_set"
    REPORTS_CHANNEL_SET = "reports_channel_set"
    RESULT_DELETED = "result_deleted"
    REQUEST_CANCELLED = "request_cancelled"

    REFUSED = "refused"
    """The gate refused a request."""

    ALTERED = "altered"
    """The gate changed a request."""

    WITHHELD = "withheld"
    """The gate kept back what had been asked for before."""


BY_THE_GATE = (Act.REFUSED, Act.ALTERED, Act.WITHHELD)
"""What nobody did but the rules, to a member's request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act. `account` is the pseudonymous key of whoever did it, or asked the gate.

    Attributes:
        guild_id: the server it was done in; `bot.domain.gate.pause.EVERYWHERE` for the operator's
            acts.
        subject: what it was done to, such as `channel 123` or a term.
        detail: what it came to, such as `safe_mode=false`; may be empty.
        reason: in the words of whoever did it, or the rule by which the gate did; may be empty.
        times: how often it happened; equal decisions of the gate are one entry for a while.
        last_at: when it happened last.
    """

    at: datetime
    guild_id: GuildId
    account: AccountKey
    act: Act
    subject: str
    detail: str = ""
    reason: str = ""
    times: int = 1
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """An act, whose it was, as long as that is known, and its number in the log."""

    entry: AuditEntry
    user_id: UserId | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class GateNote:
    """A decision of the gate that changed something: about whose request, where, by which rule.

    Of the request it holds the model alone, and never what was to be painted.
    """

    act: Act
    user_id: UserId
    guild_id: GuildId | None
    channel_id: ChannelId
    rule: Rule
    model: ModelId


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """Entries of a server's log; None does not filter.

    Attributes:
        act: what was done.
        user_id: by whom, or to whom.
        channel_id: in or to which channel.
        text: what the subject, the detail or the reason holds.
        since: from when on.
        newest: the highest number, so that pages stay as they are while the log grows.
    """

    kind: Literal["log"] = "log"
    act: Act | None = None
    user_id: UserId | None = None
    channel_id: ChannelId | None = None
    text: str | None = None
    since: datetime | None = None
    newest: int | None = None


@dataclass(frozen=True, slots=True)
class LogChannel:
    """Where a server's log is told, and from which moment on."""

    guild_id: GuildId
    channel_id: ChannelId
    since: datetime


def channel_subject(channel_id: ChannelId) -> str:
    """A channel by the name that the log has for it."""
    return f"channel {channel_id}"
