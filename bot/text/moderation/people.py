"""The words for strikes and blocks: for moderators, and for whom they concern."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.conduct.bars import Block
from bot.domain.conduct.conduct import Consequence, StrikeRules
from bot.domain.conduct.notice import ConductNews, ConductNotice
from bot.domain.conduct.strikes import GivenStrike, Record
from bot.domain.gate.pause import EVERYWHERE
from bot.domain.ids import UserId
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.text.format import moment
from bot.text.gate.bars import end_of, reason_text
from bot.text.words import Words

STRIKES_SHOWN = 10
BLOCKS_SHOWN = 10
_REASON_IN_LIST = 80
"""Ten of them, escaped, stay within a message."""


def record_heading(record: Record, words: Words) -> str:
    """How many strikes count, and what they lead to."""
    count = words.plural(
        "{member} has {count} strike that counts.",
        "{member} has {count} strikes that count.",
        record.standing.strikes,
        member=f"<@{record.user_id}>",
    )
    return f"{count} {_consequence(record, words)}"


def _consequence(record: Record, words: Words) -> str:
    match record.standing.consequence:
        case Consequence.NONE:
            return words("Nothing follows from that.")
        case Consequence.WARNING:
            return words("That is a warning.")
        case Consequence.PAUSE:
            return words(
                "They are paused until {until}.", until=end_of(record.standing.until, words)
            )
        case Consequence.BLOCK:
            return words("That is as many as lead to a block.")


def strike_line(number: int, given: GivenStrike, words: Words) -> str:
    """A strike by its number: when, why, and how long it counts."""
    line = words(
        "{number}. {when}: {reason}. It counts until {until}.",
        number=number,
        when=moment(given.strike.at),
        reason=reason_text(given.reason, words, _REASON_IN_LIST),
        until=moment(given.strike.expires_at),
    )
    if given.account == BOT_ACCOUNT:
        return f"{line} {words('The bot gave it by itself.')}"
    return line


def more_strikes(count: int, words: Words) -> str:
    """How many are not shown."""
    return words.plural(
        "{count} older one is not shown.", "{count} older ones are not shown.", count
    )


def withdraw_button(number: int, words: Words) -> str:
    """What the button says that withdraws a strike."""
    return words("Withdraw {number}", number=number)


def blocked(block: Block, words: Words) -> str:
    """That a member is blocked."""
    if block.guild_id == EVERYWHERE:
        return words(
            "{member} is blocked in all servers until {until}. What they had waiting is refunded.",
            member=f"<@{block.user_id}>",
            until=end_of(block.until, words),
        )
    return words(
        "{member} is blocked in this server until {until}. What they had waiting is refunded.",
        member=f"<@{block.user_id}>",
        until=end_of(block.until, words),
    )


def unblocked(user_id: UserId, words: Words, *, everywhere: bool) -> str:
    """That a member is blocked no more."""
    member = f"<@{user_id}>"
    if everywhere:
        return words(
            "The block of {member} in all servers is lifted. A server's own stays.", member=member
        )
    return words("{member} is no longer blocked in this server.", member=member)


def block_lines(blocks: Sequence[Block], words: Words) -> str:
    """Who is blocked, until when and why, as many as a message holds."""
    if not blocks:
        return words("Nobody is blocked here.")
    lines = [_block_line(block, words) for block in blocks[:BLOCKS_SHOWN]]
    if len(blocks) > BLOCKS_SHOWN:
        more = len(blocks) - BLOCKS_SHOWN
        lines.append(
            words.plural("{count} other is not shown.", "{count} others are not shown.", more)
        )
    return "\n".join(lines)


def _block_line(block: Block, words: Words) -> str:
    values = {
        "member": f"<@{block.user_id}>",
        "until": end_of(block.until, words),
        "reason": reason_text(block.reason, words, _REASON_IN_LIST),
    }
    if block.guild_id == EVERYWHERE:
        return words("{member} in all servers until {until}. Reason: {reason}.", **values)
    return words("{member} until {until}. Reason: {reason}.", **values)


def thresholds(rules: StrikeRules, words: Words) -> str:
    """What strikes lead to in a server."""
    return words(
        "Strikes count for {days} days. From {warn} a member is warned, from {pause} paused for "
        "{hours} hours, and from {block} blocked until a moderator lifts it.",
        days=rules.counts_for.days,
        warn=rules.warn_at,
        pause=rules.pause_at,
        hours=rules.pause // timedelta(hours=1),
        block=rules.block_at,
    )


def notice_text(notice: ConductNotice, server: str | None, words: Words) -> str:
    """What a member is told; `server` is its name, where the message is not read in it."""
    place = words("all servers") if notice.guild_id == EVERYWHERE else _place(server, words)
    reason = reason_text(notice.reason, words)
    until = end_of(notice.until, words)
    match notice.news:
        case ConductNews.WARNED:
            return words(
                "You have got a strike in {place}. Reason: {reason}. It counts until {until}. "
                "Further ones pause you there, and then block you.",
                place=place,
                reason=reason,
                until=until,
            )
        case ConductNews.PAUSED:
            return words.plural(
                "You have {count} strike in {place} and are paused there until {until}. "
                "Reason of the last: {reason}.",
                "You have {count} strikes in {place} and are paused there until {until}. "
                "Reason of the last: {reason}.",
                notice.strikes,
                place=place,
                until=until,
                reason=reason,
            )
        case ConductNews.BLOCKED:
            said = words(
                "You are blocked in {place} until {until}. Reason: {reason}.",
                place=place,
                until=until,
                reason=reason,
            )
            return f"{said} {_cancelled(notice.cancelled, words)}".rstrip()
        case ConductNews.UNBLOCKED:
            return words("You are no longer blocked in {place}.", place=place)


def _cancelled(count: int, words: Words) -> str:
    if not count:
        return ""
    return words.plural(
        "{count} request that waited was cancelled; what was not sent is refunded.",
        "{count} requests that waited were cancelled; what was not sent is refunded.",
        count,
    )


def _place(server: str | None, words: Words) -> str:
    return server if server is not None else words("a server")
