"""The messages of rounds in their channel, and `/style round show`."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord

from bot.domain.chart import BarChart, Series
from bot.domain.rounds.style_round import Phase, RoundResult, StyleRound
from bot.domain.rounds.targets import round_target
from bot.domain.voting.vote import FULL_WEIGHT
from bot.services.rounds.ports import ExampleCard, RoundStanding
from bot.services.rounds.view import CARDS_PER_PAGE
from bot.text.rounds import rounds as text
from bot.text.rounds import taking_part as part
from bot.text.words import Words
from bot.ui.library.pager import pager
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_LEADERBOARD, ICON_NOTE, ICON_ROUND, LANTERN

ROUND_VOTE = "round_vote"
ROUND_BACK = "round_back"
ROUND_ONWARDS = "round_onwards"

CHART_FILE = "gondola-round.png"

_MAX_ALT_TEXT = 1_024
"""Characters of a picture's description (Discord's limit)."""


def round_opened_panel(style_round: StyleRound, words: Words) -> discord.ui.LayoutView:
    """That a round is open, for all in the channel."""
    return panel(
        _titled(style_round, text.opened(style_round, words)),
        small([text.how_to_vote(style_round, words), *text.prize(style_round, words)]),
        colour=CANAL,
    )


def round_voting_panel(standing: RoundStanding, words: Words) -> discord.ui.LayoutView:
    """That the vote has begun: what is proposed, some of the examples, and the way to vote."""
    style_round = standing.round
    notes = [text.how_to_vote(style_round, words), *text.prize(style_round, words)]
    if style_round.left_out:
        notes.append(text.left_out(style_round.left_out, words))
    return panel(
        _titled(style_round, text.voting_begun(style_round, words)),
        *_gallery(standing.cards),
        text.names(standing.proposals, words),
        small(notes),
        _vote_row(style_round, words),
        colour=CANAL,
    )


def round_reminder_panel(standing: RoundStanding, words: Words) -> discord.ui.LayoutView:
    """That a phase ends soon; it calls nobody."""
    style_round = standing.round
    counts = [text.proposal_count(len(standing.proposals), words)]
    if style_round.phase is Phase.VOTING:
        counts.append(text.ballot_count(standing.ballots, words))
    parts: list[str | discord.ui.Item[Any]] = [
        _titled(style_round, text.reminder(style_round, words)),
        small([" ".join(counts)]),
    ]
    if style_round.phase is Phase.VOTING:
        parts.append(_vote_row(style_round, words))
    return panel(*parts, colour=LANTERN)


def round_cancelled_panel(style_round: StyleRound, words: Words) -> discord.ui.LayoutView:
    """That a round has ended without a result, for all in the channel."""
    return panel(f"{ICON_NOTE} {part.cancelled(style_round, words)}", colour=LANTERN)


def round_result_panel(
    standing: RoundStanding, words: Words, *, has_chart: bool
) -> discord.ui.LayoutView:
    """Who has won, as a chart, in words and with the winners' examples."""
    style_round, result = standing.round, standing.round.result
    if result is None:
        return panel(_titled(style_round, text.state(style_round, words)), colour=CANAL)
    if not result.places:
        return panel(_titled(style_round, text.too_few(result, words)), colour=CANAL)
    notes = [
        text.ballot_count(result.ballots, words),
        text.how_counted(style_round.plan.way, words),
        *text.equals(result, words),
        *text.winner_notes(result, words),
    ]
    won = text.outcome(result, standing.proposals, words)
    heading = f"{ICON_LEADERBOARD} {text.heading(style_round)}\n{won}"
    chart = [_chart_item(result, words)] if has_chart else []
    pictures = [*chart, *map(_item, _pictured(standing.cards))]
    gone = len(standing.cards) - len(_pictured(standing.cards))
    return panel(
        heading,
        *([discord.ui.MediaGallery(*pictures)] if pictures else []),
        *([f"{ICON_NOTE} {text.no_example(words)}"] if gone else []),
        *text.prize_given(result, words),
        small(notes),
        colour=CANAL,
    )


def round_chart(result: RoundResult, words: Words) -> BarChart | None:
    """The first places as bars; None where there was no vote."""
    if not result.places:
        return None
    votes = tuple(placed.weight / FULL_WEIGHT for placed in result.places)
    return BarChart(
        title=text.chart_title(words),
        subtitle=text.ballot_count(result.ballots, words),
        names=tuple(text.chart_name(each, at) for at, each in enumerate(result.places, start=1)),
        totals=tuple(text.votes(placed, words) for placed in result.places),
        series=(Series(text.chart_series(words), votes),),
        value_marks=text.chart_marks(max(votes), words),
    )


def round_panel(standing: RoundStanding, number: int, words: Words) -> discord.ui.LayoutView:
    """A page of a round that is not over: its state and what is proposed, with examples."""
    style_round = standing.round
    counts = [text.proposal_count(len(standing.proposals), words)]
    if style_round.phase is not Phase.PROPOSING:
        counts.append(text.ballot_count(standing.ballots, words))
    parts: list[str | discord.ui.Item[Any]] = [
        _titled(style_round, text.state(style_round, words)),
        small([" ".join(counts), *text.prize(style_round, words)]),
        *(_section(card, words) for card in standing.cards),
    ]
    if not standing.proposals:
        parts.append(f"{ICON_NOTE} {text.no_proposals(words)}")
    if style_round.phase is Phase.VOTING and standing.proposals:
        parts.append(_vote_row(style_round, words))
    parts += _pages(standing, number, words)
    return panel(*parts, colour=CANAL)


def example_name(card: ExampleCard) -> str:
    """The name under which an example is uploaded."""
    return f"gondola-style-{card.proposal.number}.webp"


def _titled(style_round: StyleRound, sentence: str) -> str:
    return f"{ICON_ROUND} {text.heading(style_round)}\n{sentence}"


def _vote_row(style_round: StyleRound, words: Words) -> discord.ui.ActionRow[Any]:
    look = ButtonLook(text.vote_button(words), ICON_ROUND, discord.ButtonStyle.primary)
    return discord.ui.ActionRow(ActionButton(ROUND_VOTE, round_target(style_round.id), look))


def _gallery(cards: Iterable[ExampleCard]) -> list[discord.ui.Item[Any]]:
    shown = _pictured(cards)
    return [discord.ui.MediaGallery(*map(_item, shown))] if shown else []


def _pictured(cards: Iterable[ExampleCard]) -> Sequence[ExampleCard]:
    return [card for card in cards if card.thumbnail is not None]


def _item(card: ExampleCard) -> discord.MediaGalleryItem:
    draft = card.proposal.draft
    return discord.MediaGalleryItem(
        f"attachment://{example_name(card)}", description=f"{card.proposal.number}. {draft.name}"
    )


def _chart_item(result: RoundResult, words: Words) -> discord.MediaGalleryItem:
    described = text.alt_text(result, words)[:_MAX_ALT_TEXT]
    return discord.MediaGalleryItem(f"attachment://{CHART_FILE}", description=described)


def _section(card: ExampleCard, words: Words) -> str | discord.ui.Item[Any]:
    said = text.card(card.proposal, words)
    if card.thumbnail is None:
        return f"{said}\n-# {ICON_NOTE} {text.no_example(words)}"
    thumbnail: discord.ui.Thumbnail[Any] = discord.ui.Thumbnail(
        f"attachment://{example_name(card)}", description=card.proposal.draft.name
    )
    return discord.ui.Section(said, accessory=thumbnail)


def _pages(standing: RoundStanding, number: int, words: Words) -> list[str | discord.ui.Item[Any]]:
    round_id = standing.round.id
    has_next = len(standing.proposals) > (number + 1) * CARDS_PER_PAGE
    if number == 0 and not has_next:
        return []
    back = round_target(round_id, number - 1) if number > 0 else None
    onwards = round_target(round_id, number + 1) if has_next else None
    return [pager(words, back=(ROUND_BACK, back), onwards=(ROUND_ONWARDS, onwards))]
