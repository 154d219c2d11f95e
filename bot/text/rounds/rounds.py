"""The words of rounds: what the channel is told, and what members see of them."""

from babel.numbers import format_decimal

from bot.domain.chart import Mark, scale
from bot.domain.rounds.style_round import (
    Phase,
    Placed,
    RoundResult,
    StyleProposal,
    StyleRound,
    VotingWay,
    Winner,
    WinnerNote,
)
from bot.domain.voting.vote import FULL_WEIGHT
from bot.text.format import moment
from bot.text.quoting import as_code, as_name
from bot.text.words import N_, Words

NAMES_SHOWN = 20
_EQUALS_SHOWN = 5
_CHART_NAME_CHARS = 24

_PHASES: dict[Phase, str] = {
    Phase.PROPOSING: N_("Members propose styles until {moment}."),
    Phase.VOTING: N_("Members vote until {moment}."),
    Phase.COUNTING: N_("The vote is over. The result follows in a moment."),
    Phase.CLOSED: N_("This round is over."),
    Phase.CANCELLED: N_("This round was cancelled. It has no result."),
}
_WAYS: dict[VotingWay, str] = {
    VotingWay.APPROVAL: N_("Vote for as many styles as you like."),
    VotingWay.RANKED: N_("Choose up to 5 styles, the best first."),
}
_NOTES: dict[WinnerNote, str] = {
    WinnerNote.RENAMED: N_("There is another style of its first name, so it is called {name}."),
    WinnerNote.NO_ROOM: N_("This server has no room for another style, so it is not added."),
    WinnerNote.UNPAINTABLE: N_(
        "Its model is not to be had now, or its words are blocked here, so it cannot be painted "
        "in as it is."
    ),
}


def heading(style_round: StyleRound) -> str:
    """The theme of a round."""
    return f"**{as_name(style_round.plan.theme, 100)}**"


def state(style_round: StyleRound, words: Words) -> str:
    """Where a round stands, and until when."""
    return words(_PHASES[style_round.phase], moment=moment(style_round.phase_ends))


def opened(style_round: StyleRound, words: Words) -> str:
    """That a round is open, and how one takes part."""
    return words.plural(
        "Propose a style with {command} until {moment}. Then members vote for {count} day.",
        "Propose a style with {command} until {moment}. Then members vote for {count} days.",
        style_round.plan.vote_days,
        command="`/style round propose`",
        moment=moment(style_round.phase_ends),
    )


def prize(style_round: StyleRound, words: Words) -> list[str]:
    """What the winners get."""
    plan = style_round.plan
    lines = [
        words.plural(
            "{count} style wins, and is a style of this server for {time}.",
            "{count} styles win, and are styles of this server for {time}.",
            plan.winners,
            time=words.plural("{count} week", "{count} weeks", plan.weeks),
        )
    ]
    if plan.sets_default:
        lines.append(words("The first one becomes this channel's default style."))
    return lines


def voting_begun(style_round: StyleRound, words: Words) -> str:
    """That members vote from now on, and until when."""
    return words("The vote has begun, and lasts until {moment}.", moment=_ends(style_round))


def how_to_vote(style_round: StyleRound, words: Words) -> str:
    """How the ballot is filled in."""
    return words(_WAYS[style_round.plan.way])


def vote_button(words: Words) -> str:
    """The label of the button that opens the ballot."""
    return words("Vote")


def reminder(style_round: StyleRound, words: Words) -> str:
    """That a phase ends soon."""
    if style_round.phase is Phase.PROPOSING:
        return words("Styles can be proposed until {moment}.", moment=_ends(style_round))
    return words("The vote ends {moment}.", moment=_ends(style_round))


def proposal_count(count: int, words: Words) -> str:
    """How many styles stand."""
    return words.plural("{count} style is proposed.", "{count} styles are proposed.", count)


def ballot_count(count: int, words: Words) -> str:
    """How many have voted; never for what."""
    return words.plural("{count} member has voted.", "{count} members have voted.", count)


def left_out(count: int, words: Words) -> str:
    """That proposals were left out for want of an example."""
    return words.plural(
        "{count} proposal is left out, because its example was never shown.",
        "{count} proposals are left out, because their examples were never shown.",
        count,
    )


def names(proposals: tuple[StyleProposal, ...], words: Words) -> str:
    """What is proposed, as many as a message holds."""
    shown = "\n".join(
        f"{each.number}. **{as_name(each.draft.name)}** <@{each.author_id}>"
        for each in proposals[:NAMES_SHOWN]
    )
    more = len(proposals) - NAMES_SHOWN
    if more <= 0:
        return shown
    rest = words.plural(
        "and {count} more: `/style round show`", "and {count} more: `/style round show`", more
    )
    return f"{shown}\n{rest}"


def card(proposal: StyleProposal, words: Words) -> str:
    """A proposal with its template."""
    draft = proposal.draft
    given = {"preset": draft.preset, "model": draft.model, "negative": draft.negative}
    parts = [f"{option} {as_code(value)}" for option, value in given.items() if value]
    by = words("by {member}", member=f"<@{proposal.author_id}>")
    lines = [
        f"{proposal.number}. **{as_name(draft.name)}** {by}",
        f"-# {as_code(draft.template, limit=120)}",
    ]
    if parts:
        lines.append(f"-# {' · '.join(parts)}")
    return "\n".join(lines)


def no_example(words: Words) -> str:
    """In place of an example that is not there, or may not be shown here."""
    return words("Its example cannot be shown here: it is not ready yet, hidden or deleted.")


def no_proposals(words: Words) -> str:
    """That nobody has proposed anything, and how one does."""
    return words("Nobody has proposed a style yet. `/style round propose` makes the first.")


def too_few(result: RoundResult, words: Words) -> str:
    """That there was nothing to vote on."""
    if result.proposals == 0:
        return words("Nobody proposed a style, so there is no vote and no winner.")
    return words("Only one style was proposed, so there is no vote and no winner.")


def outcome(result: RoundResult, proposals: tuple[StyleProposal, ...], words: Words) -> str:
    """Who has won, or that nobody has; members who have left no data are not named."""
    if not result.winners:
        return words("No style has a vote that counts, so there is no winner.")
    by = {each.number: f" <@{each.author_id}>" for each in proposals}
    return "\n".join(
        f"{at}. **{as_name(placed.name)}**{by.get(placed.number, '')} · {votes(placed, words)}"
        for at, placed in enumerate(result.places[: len(result.winners)], start=1)
    )


def votes(placed: Placed, words: Words) -> str:
    """What a style has; new members' votes count half or nothing, so it may be a fraction."""
    count = placed.weight / FULL_WEIGHT
    amount = format_decimal(count, locale=words.locale)
    return words("1 vote") if count == 1 else words("{amount} votes", amount=amount)


def winner_notes(result: RoundResult, words: Words) -> list[str]:
    """What is to be said of winners beside their names."""
    by_number = {placed.number: placed.name for placed in result.places}
    return [
        f"{as_code(by_number.get(winner.number, winner.name))}: {_note(winner, words)}"
        for winner in result.winners
        if winner.note is not WinnerNote.KEPT
    ]


def prize_given(result: RoundResult, words: Words) -> list[str]:
    """Until when the winners are styles of the server, and what is the channel's default."""
    lines = []
    kept = [each for each in result.winners if each.note is not WinnerNote.NO_ROOM]
    if kept and result.offered_until is not None:
        until = f"<t:{int(result.offered_until.timestamp())}:D>"
        lines.append(
            words(
                "Paint with {command} until {day}.",
                command=f"`/imagine style:{as_name(kept[0].name)}`",
                day=until,
            )
        )
    if result.default_style is not None:
        lines.append(
            words("{name} is this channel's default style now.", name=as_code(result.default_style))
        )
    return lines


def equals(result: RoundResult, words: Words) -> list[str]:
    """That there was a tie, and how it was decided."""
    if not result.equals:
        return []
    shown = ", ".join(as_code(name) for name in result.equals[:_EQUALS_SHOWN])
    if len(result.equals) > _EQUALS_SHOWN:
        shown = f"{shown}, …"
    return [words("Equally many votes: {names}. The one proposed first comes first.", names=shown)]


def how_counted(way: VotingWay, words: Words) -> str:
    """What the numbers are."""
    if way is VotingWay.APPROVAL:
        return words("How many members voted for a style; votes of new members weigh less.")
    return words(
        "A style's votes in the last run-off for its place, second choices included; votes of "
        "new members weigh less."
    )


def chart_title(words: Words) -> str:
    """What the chart shows."""
    return words("The result of the vote")


def chart_series(words: Words) -> str:
    """The name of its bars."""
    return words("Votes")


def chart_name(placed: Placed, at: int) -> str:
    """A style's name in the chart."""
    one_line = " ".join(placed.name.split())
    shown = one_line[:_CHART_NAME_CHARS].rstrip()
    return f"{at}. {shown}{'…' if len(one_line) > _CHART_NAME_CHARS else ''}"


def chart_marks(most: float, words: Words) -> tuple[Mark, ...]:
    """The scale of the chart."""
    marks = scale(most, whole=True)
    return tuple(Mark(at, format_decimal(at, locale=words.locale)) for at in marks)


def alt_text(result: RoundResult, words: Words) -> str:
    """The chart in words."""
    named = (
        f"{chart_name(placed, at)}: {votes(placed, words)}"
        for at, placed in enumerate(result.places, start=1)
    )
    return f"{chart_title(words)}: {'; '.join(named)}"


def _ends(style_round: StyleRound) -> str:
    return moment(style_round.phase_ends)


def _note(winner: Winner, words: Words) -> str:
    return words(_NOTES[winner.note], name=as_code(winner.name))
