"""A member's ballot in a round, and the question before an example is painted."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.domain.money import UsdMicros
from bot.domain.rounds.counting import MAX_RANKED
from bot.domain.rounds.style_round import StyleProposal, VotingWay
from bot.domain.rounds.targets import round_target
from bot.services.rounds.ballots import BallotPaper
from bot.services.rounds.proposals import Proposed
from bot.text.rounds import rounds
from bot.text.rounds import taking_part as text
from bot.text.words import Words
from bot.ui.parts.action_select import LONGEST_LABEL, MOST_OPTIONS, ActionSelect, MenuLook
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_BACK, ICON_CANCEL, ICON_PROMPT, ICON_ROUND, LANTERN

ROUND_APPROVE = "round_approve"
ROUND_RANK = "round_rank"
ROUND_UNDO = "round_undo"
ROUND_UNVOTE = "round_unvote"
ROUND_PAINT = "round_paint"


def ballot_panel(paper: BallotPaper, words: Words) -> discord.ui.LayoutView:
    """What a member votes for, with the menus to change it; in a ranked vote one step at a time."""
    style_round = paper.round
    by_number = {each.number: each for each in paper.proposals}
    chosen = tuple(by_number[number] for number in paper.choices)
    is_ranked = style_round.plan.way is VotingWay.RANKED
    notes = [text.ballot_kept(style_round, words), text.weight_note(paper.weight, words)]
    menus = _ranked_menus(paper, words) if is_ranked else _approval_menus(paper, words)
    return panel(
        f"{ICON_ROUND} {rounds.heading(style_round)}\n{rounds.how_to_vote(style_round, words)}",
        text.ballot_lines(chosen, words, is_ranked=is_ranked),
        *menus,
        *_buttons(paper, words, is_ranked=is_ranked),
        small(note for note in notes if note is not None),
        colour=CANAL,
    )


def example_question_panel(
    proposed: Proposed, price: UsdMicros | None, words: Words
) -> discord.ui.LayoutView:
    """What an example costs, and the button that has it painted."""
    target = round_target(proposed.round.id, proposed.proposal.number)
    look = ButtonLook(text.paint_button(price, words), ICON_PROMPT, discord.ButtonStyle.success)
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(ActionButton(ROUND_PAINT, target, look))
    return panel(
        f"{ICON_PROMPT} {text.needs_example(proposed.proposal, words)}",
        small([text.or_own_picture(words)]),
        row,
        colour=LANTERN,
    )


def _approval_menus(paper: BallotPaper, words: Words) -> Iterator[discord.ui.Item[Any]]:
    for menu in _in_menus(paper.proposals):
        first, last = menu[0].number, menu[-1].number
        look = MenuLook(
            placeholder=text.approve_placeholder(first, last, words),
            options=tuple(_option(each, chosen=each.number in paper.choices) for each in menu),
            fewest=0,
            most=len(menu),
        )
        target = round_target(paper.round.id, first, last)
        yield discord.ui.ActionRow(ActionSelect(ROUND_APPROVE, target, look))


def _ranked_menus(paper: BallotPaper, words: Words) -> Iterator[str | discord.ui.Item[Any]]:
    place = len(paper.choices) + 1
    if place > MAX_RANKED:
        yield text.ballot_full(words)
        return
    left = [each for each in paper.proposals if each.number not in paper.choices]
    for at, menu in enumerate(_in_menus(left)):
        first, last = menu[0].number, menu[-1].number
        look = MenuLook(
            placeholder=text.rank_placeholder(place, first, last, words),
            options=tuple(_option(each, chosen=False) for each in menu),
        )
        target = round_target(paper.round.id, place, at)
        yield discord.ui.ActionRow(ActionSelect(ROUND_RANK, target, look))


def _buttons(
    paper: BallotPaper, words: Words, *, is_ranked: bool
) -> Iterator[discord.ui.Item[Any]]:
    if not paper.choices:
        return
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    round_id = paper.round.id
    if is_ranked:
        target = round_target(round_id, len(paper.choices))
        row.add_item(
            ActionButton(ROUND_UNDO, target, ButtonLook(text.undo_button(words), ICON_BACK))
        )
    look = ButtonLook(text.unvote_button(words), ICON_CANCEL)
    row.add_item(ActionButton(ROUND_UNVOTE, round_target(round_id), look))
    yield row


def _in_menus(proposals: Sequence[StyleProposal]) -> Iterator[Sequence[StyleProposal]]:
    for start in range(0, len(proposals), MOST_OPTIONS):
        yield proposals[start : start + MOST_OPTIONS]


def _option(proposal: StyleProposal, *, chosen: bool) -> discord.SelectOption:
    return discord.SelectOption(
        label=f"{proposal.number}. {proposal.draft.name}"[:LONGEST_LABEL],
        value=f"{proposal.number}",
        description=proposal.draft.template[:LONGEST_LABEL],
        default=chosen,
    )
