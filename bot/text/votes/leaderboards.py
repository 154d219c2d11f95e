"""The words of `/style leaderboard`, in the message and in its chart."""

from babel.numbers import format_percent

from bot.domain.chart import Mark
from bot.domain.styles.leaderboard import (
    Board,
    BoardQuery,
    BoardTopic,
    Ranked,
    RankedFighter,
    RankedMember,
    RankedPicture,
    RankedStyle,
    score_of,
)
from bot.domain.voting.span import Span
from bot.text.battles.battles import rating
from bot.text.format import message_link
from bot.text.quoting import as_name, as_plain
from bot.text.votes.styles import votes_line
from bot.text.words import N_, Words

_TITLES = {
    BoardTopic.STYLES: N_("The styles this server likes best"),
    BoardTopic.IMAGES: N_("The pictures this server likes best"),
    BoardTopic.MEMBERS: N_("Whose pictures this server likes best"),
    BoardTopic.BATTLES: N_("The styles that win this server's battles"),
}
_TABS = {
    BoardTopic.STYLES: N_("Styles"),
    BoardTopic.IMAGES: N_("Pictures"),
    BoardTopic.MEMBERS: N_("Members"),
    BoardTopic.BATTLES: N_("Battles"),
}
_SPANS = {
    Span.WEEK: N_("This week"),
    Span.MONTH: N_("This month"),
    Span.ALL: N_("All time"),
}
_SCALE = (0.0, 0.25, 0.5, 0.75, 1.0)

_PROMPT_CHARS = 80
_CHART_NAME_CHARS = 24


def title(topic: BoardTopic, words: Words) -> str:
    """What is ranked."""
    return words(_TITLES[topic])


def tab(topic: BoardTopic, words: Words) -> str:
    """The label of a topic's button."""
    return words(_TABS[topic])


def span_label(span: Span, words: Words) -> str:
    """The label of a span's button."""
    return words(_SPANS[span])


def subtitle(query: BoardQuery, words: Words) -> str:
    """The span, and what the bars are."""
    if query.topic is BoardTopic.BATTLES:
        return words("at least this share of battles is won against an average style")
    return words(
        "{span} · at least this share of the votes is in favour", span=span_label(query.span, words)
    )


def how_ranked(topic: BoardTopic, words: Words) -> str:
    """By what a leaderboard is ordered."""
    if topic is BoardTopic.BATTLES:
        return words(
            "Ranked by what share of battles a style wins at least against an average one, by a "
            "confidence of 95 %. Ratings by Bradley and Terry, of all time."
        )
    return words(
        "Ranked by what the share of 👍 is at least, by a confidence of 95 %, so that a few votes "
        "do not win. Votes of new members weigh less."
    )


def nothing_ranked(topic: BoardTopic, words: Words) -> str:
    """That nobody has voted, and how one does."""
    if topic is BoardTopic.BATTLES:
        return words("No battle has been decided here. `/style battle` starts one.")
    return words(
        "No vote counts here in this time yet; those of new accounts and new members may weigh "
        "nothing. Press 👍 under a picture that you like."
    )


def lines(board: Board, words: Words) -> str:
    """The entries of a page, with their votes."""
    return "\n".join(
        f"{board.rank_of(position)}. {_entry(entry, words)} · "
        f"{share(entry, words)} · {_record(entry, words)}"
        for position, entry in enumerate(board.entries)
    )


def share(entry: Ranked, words: Words) -> str:
    """By what an entry is ranked, as a percentage."""
    return _percent(score_of(entry), words)


def chart_name(board: Board, position: int) -> str:
    """An entry's name in the chart, which cannot show mentions: members are told by their rank."""
    entry, rank = board.entries[position], board.rank_of(position)
    match entry:
        case RankedStyle(name=name) | RankedFighter(name=name) | RankedPicture(prompt=name):
            one_line = " ".join(name.split())
            shown = one_line[:_CHART_NAME_CHARS].rstrip()
            return f"{rank}. {shown}{'…' if len(one_line) > _CHART_NAME_CHARS else ''}"
        case RankedMember():
            return f"{rank}."


def scale_marks(words: Words) -> tuple[Mark, ...]:
    """The scale of the chart, from nothing to all."""
    return tuple(Mark(at, _percent(at, words)) for at in _SCALE)


def alt_text(board: Board, words: Words) -> str:
    """The chart in words."""
    named = (
        f"{chart_name(board, position)} {share(entry, words)}"
        for position, entry in enumerate(board.entries)
    )
    return f"{title(board.query.topic, words)}: {'; '.join(named)}"


def _record(entry: Ranked, words: Words) -> str:
    """What an entry's rank rests on."""
    if not isinstance(entry, RankedFighter):
        return votes_line(entry.tally)
    standing = entry.standing
    battles = words.plural("{count} battle", "{count} battles", standing.battles)
    return f"{rating(standing.rating, words)} · {battles}"


def _percent(share_of_votes: float, words: Words) -> str:
    return str(format_percent(share_of_votes, locale=words.locale))


def _entry(entry: Ranked, words: Words) -> str:
    match entry:
        case RankedStyle(name=name) | RankedFighter(name=name):
            return f"**{as_name(name)}**"
        case RankedMember(user_id=user_id):
            return f"<@{user_id}>"
        case RankedPicture(prompt=prompt, shown=shown, guild_id=guild_id, user_id=user_id):
            said = as_plain(prompt, _PROMPT_CHARS)
            linked = f"[{said}]({message_link(guild_id, shown)})" if shown else said
            return words("{picture} by {member}", picture=linked, member=f"<@{user_id}>")
