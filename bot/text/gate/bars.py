"""What a blocked or paused member is told: why, until when, and whom to ask."""

from datetime import datetime

from bot.domain.conduct.bars import Bar
from bot.domain.conduct.strikes import CONTENT_VIOLATION, REPORTED
from bot.domain.gate.rule import Rule
from bot.domain.moderation.audit import REASON_LIMIT
from bot.text.format import moment
from bot.text.quoting import as_plain
from bot.text.words import N_, Words

_OWN_REASONS = {
    CONTENT_VIOLATION: N_("the image service found that a picture breaks its content rules"),
    REPORTED: N_("a picture that was reported"),
}


def explain_bar(bar: Bar, words: Words) -> str:
    """Why a member may ask for nothing, until when, and by what name the rule is known."""
    return words("{reason} Rule: `{rule}`.", reason=_sentence(bar, words), rule=bar.rule)


def reason_text(reason: str, words: Words, limit: int = REASON_LIMIT) -> str:
    """A reason as somebody wrote it, or, of those that the bot gives itself, in its words."""
    if reason in _OWN_REASONS:
        return words(_OWN_REASONS[reason])
    return as_plain(reason, limit)


def end_of(until: datetime | None, words: Words) -> str:
    """When something ends, if it does by itself."""
    return moment(until) if until is not None else words("somebody lifts it")


def _sentence(bar: Bar, words: Words) -> str:
    until = end_of(bar.until, words)
    if bar.rule is Rule.PAUSED_FOR_STRIKES:
        return words("Your strikes pause you here until {until}.", until=until)
    reason = reason_text(bar.reason, words)
    if bar.everywhere:
        return words(
            "The bot's owner has blocked you until {until}. Reason: {reason}.",
            until=until,
            reason=reason,
        )
    return words(
        "You are blocked in this server until {until}. Reason: {reason}. "
        "A moderator can lift the block.",
        until=until,
        reason=reason,
    )
