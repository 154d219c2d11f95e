"""The words of the audit log: in `/moderation log`, and in a server's log channel."""

import re
from collections.abc import Sequence

from babel.numbers import format_decimal

from bot.domain.ids import ChannelId
from bot.domain.moderation.audit import BY_THE_GATE, Act, AuditEntry, LoggedAct, LogQuery
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.text.format import moment
from bot.text.quoting import as_code, as_plain
from bot.text.words import N_, Words

_LONGEST_SUBJECT = 60
_LONGEST_DETAIL = 50
_LONGEST_REASON = 40
"""The whole of each is in the table; ten entries at their longest fill a message."""

_CHANNEL = re.compile(r"(?:channel|thread) (?P<id>\d+)")

_ACTS: dict[Act, str] = {
    Act.CHANNEL_SET: N_("changed rules"),
    Act.CHANNEL_COPIED: N_("copied rules"),
    Act.PAUSED: N_("paused"),
    Act.RESUMED: N_("resumed"),
    Act.TERM_ADDED: N_("blocked a term"),
    Act.TERM_REMOVED: N_("unblocked a term"),
    Act.TERMS_IMPORTED: N_("imported terms"),
    Act.LIMITS_SET: N_("changed limits"),
    Act.QUOTA_SETTINGS_SET: N_("changed the budget or the time zone"),
    Act.GRANT_GIVEN: N_("gave a grant"),
    Act.GRANT_REVOKED: N_("revoked a grant"),
    Act.ROUND_OPENED: N_("opened a round"),
    Act.ROUND_CLOSED: N_("ended a phase of a round"),
    Act.ROUND_CANCELLED: N_("cancelled a round"),
    Act.PROPOSAL_REMOVED: N_("removed a proposal"),
    Act.STRIKE_GIVEN: N_("gave a strike"),
    Act.STRIKE_WITHDRAWN: N_("withdrew a strike"),
    Act.STRIKE_RULES_SET: N_("changed what strikes lead to"),
    Act.MEMBER_BLOCKED: N_("blocked a member"),
    Act.MEMBER_UNBLOCKED: N_("unblocked a member"),
    Act.PICTURE_HIDDEN: N_("hid a reported picture"),
    Act.PICTURE_RESTORED: N_("restored a reported picture"),
    Act.PICTURE_REMOVED: N_("removed a reported picture"),
    Act.STARBOARD_SET: N_("set the starboard"),
    Act.STYLE_ADDED: N_("added a style"),
    Act.STYLE_RENAMED: N_("renamed a style"),
    Act.STYLE_RETIRED: N_("retired a style"),
    Act.STYLE_RESTORED: N_("restored a style"),
    Act.STYLE_EXAMPLE_SET: N_("chose what a style looks like"),
    Act.STYLE_REFERENCE_ADDED: N_("added a picture that guides a style"),
    Act.STYLE_REFERENCE_REMOVED: N_("removed a picture that guides a style"),
    Act.STYLE_MERGED: N_("merged a style into another"),
    Act.STYLES_IMPORTED: N_("imported styles"),
    Act.TAKING_PART_SET: N_("changed who may take part"),
    Act.BATTLE_REMOVED: N_("called a battle off"),
    Act.CONTEST_OPENED: N_("opened a contest"),
    Act.CONTEST_STEPPED: N_("moved a contest on"),
    Act.CONTEST_CANCELLED: N_("cancelled a contest"),
    Act.VOTES_DECIDED: N_("decided on held votes"),
    Act.VOTES_WITHDRAWN: N_("withdrew a member's votes"),
    Act.LOG_CHANNEL_SET: N_("chose the log channel"),
    Act.REPORTS_CHANNEL_SET: N_("chose the channel for reports"),
    Act.RESULT_DELETED: N_("deleted a member's result"),
    Act.REQUEST_CANCELLED: N_("cancelled a member's request"),
    Act.IMAGE_APPROVED: N_("approved a picture"),
    Act.IMAGE_REJECTED: N_("rejected a picture"),
    Act.REVIEW_EXPIRED: N_("let a review expire"),
    Act.APPEALED: N_("appealed"),
    Act.REFUSED: N_("was refused by a rule"),
    Act.ALTERED: N_("had a request changed by a rule"),
    Act.WITHHELD: N_("had a picture withheld by a rule"),
}


def act_name(act: Act, words: Words) -> str:
    """What was done."""
    return words(_ACTS[act])


def log_lines(acts: Sequence[LoggedAct], words: Words) -> str:
    """Who did what, when and why."""
    if not acts:
        return words("Nothing in the log fits.")
    return "\n".join(_act(logged, words) for logged in acts)


def log_heading(query: LogQuery, words: Words) -> str:
    """What the page is of, with its filters."""
    filters = [
        *([act_name(query.act, words)] if query.act else []),
        *([f"<@{query.user_id}>"] if query.user_id else []),
        *([f"<#{query.channel_id}>"] if query.channel_id else []),
        *([as_plain(query.text, _LONGEST_SUBJECT)] if query.text else []),
        *([words("since {moment}", moment=moment(query.since))] if query.since else []),
    ]
    return " · ".join([f"**{words('The log')}**", *filters])


def told_heading(words: Words) -> str:
    """What stands above entries in the log channel."""
    return words("Written to the log")


def as_table(words: Words) -> str:
    """What the button says that hands out the log as a file."""
    return words("As a table")


def table_lines(count: int, words: Words, *, is_whole: bool) -> str:
    """What is in the table."""
    entries = words.plural("{count} entry of the log:", "{count} entries of the log:", count)
    if is_whole:
        return entries
    return words(
        "The newest {count} entries of the log; filters show the others:",
        count=format_decimal(count, locale=words.locale),
    )


def log_told_here(channel_id: ChannelId, words: Words) -> str:
    """That a channel was chosen."""
    return words(
        "What is written to the log is told in {channel} from now on. Whoever reads there reads "
        "who was refused what.",
        channel=f"<#{channel_id}>",
    )


def log_told_nowhere(words: Words) -> str:
    """That no channel is chosen any more."""
    return words("The log is told nowhere from now on; `/moderation log` shows it.")


def log_ended(channel_id: ChannelId, words: Words) -> str:
    """That the channel is gone, once, to those who manage the server."""
    return words(
        "The log can no longer be told in {channel}: the channel is gone, or I may not write "
        "there. It is kept, and told nowhere until `/server log-channel` names another one.",
        channel=f"<#{channel_id}>",
    )


def _act(logged: LoggedAct, words: Words) -> str:
    entry = logged.entry
    who = _who(logged, words)
    parts = [_subject(entry.subject)]
    if entry.detail:
        parts.append(as_code(entry.detail, _LONGEST_DETAIL))
    if entry.reason:
        parts.append(_reason(entry))
    if entry.times > 1:
        parts.append(words.plural("{count} time", "{count} times", entry.times))
    return f"{moment(entry.at)} {who} {act_name(entry.act, words)}: {' · '.join(parts)}"


def _who(logged: LoggedAct, words: Words) -> str:
    if logged.user_id is not None:
        return f"<@{logged.user_id}>"
    return words("the bot") if logged.entry.account == BOT_ACCOUNT else words("a former member")


def _subject(subject: str) -> str:
    """Channels by their names, which Discord fills in."""
    channel = _CHANNEL.fullmatch(subject)
    return f"<#{channel['id']}>" if channel else as_code(subject, _LONGEST_SUBJECT)


def _reason(entry: AuditEntry) -> str:
    if entry.act in BY_THE_GATE:
        return as_code(entry.reason)
    return as_plain(entry.reason, _LONGEST_REASON)
