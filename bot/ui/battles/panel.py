"""The messages of a battle: the question, the pictures without names, and the end with them."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.asking.pending import confirm_target
from bot.domain.battles.battle import Battle, CallOff, Side
from bot.domain.chart import BarChart, Series
from bot.domain.gate.permissions import Action
from bot.domain.jobs.job import Job
from bot.services.battles.battles import BattleQuestion
from bot.services.battles.ports import BattleEnd, Contender
from bot.text.asking.confirming import nothing_spent_yet, style_references_in_vain
from bot.text.battles import battles as text
from bot.text.format import moment
from bot.text.quotas.quota import cap_lines
from bot.text.results.actions import label_of
from bot.text.results.result import alt_text
from bot.text.words import Words
from bot.ui.parts.actions import VERSION, ActionButton, ButtonLook
from bot.ui.parts.panel import panel, quoted, small
from bot.ui.parts.style import (
    CANAL,
    ICON_BATTLE,
    ICON_CANCEL,
    ICON_NOTE,
    ICON_REPORT,
    LANTERN,
)
from bot.ui.results.buttons import ICONS, pressed

BATTLE_START = "battle_start"
BATTLE_STOP = "battle_stop"
BATTLE_VOTE = {Side.A: "battle_a", Side.B: "battle_b"}
BATTLE_COUNT = "battle_count"
"""The button that nobody can press: it says how many have voted."""

CHART_NAME = "gondola-battle.png"

_PROMPT_LENGTH = 300
_AFTERWARDS = (Action.REMIX, Action.VARY, Action.UPSCALE, Action.FAVOURITE, Action.DETAILS)
_CONCERNING = (Action.REPORT, Action.DELETE)

Row = discord.ui.ActionRow[Any]


def battle_question(question: BattleQuestion, words: Words) -> discord.ui.LayoutView:
    """Which styles, what it costs, what is left, and the button that starts it."""
    price = question.price_usd_micros
    look = ButtonLook(text.start_button(price, words), ICON_BATTLE, discord.ButtonStyle.success)
    until = moment(question.pending.expires_at)
    return panel(
        heading(question.battle),
        f"{text.question(question.styles, price, words)}\n{text.terms(question.battle, words)}",
        *_unguided(question, words),
        cap_lines(question.quota, words),
        small([nothing_spent_yet(until, words)]),
        _row(ActionButton(BATTLE_START, confirm_target(question.pending), look)),
        colour=LANTERN,
    )


def _unguided(question: BattleQuestion, words: Words) -> list[str]:
    """Which styles are painted without their reference pictures, all in one part of the panel."""
    lines = [
        f"{ICON_NOTE} {style_references_in_vain(each.name, words, model_name=each.model_name)}"
        for each in question.unguided
    ]
    return ["\n".join(lines)] if lines else []


def battle_started(words: Words) -> discord.ui.LayoutView:
    """What becomes of the question."""
    return panel(f"{ICON_BATTLE} {text.started(words)}", colour=CANAL)


def painting_battle(battle: Battle, words: Words) -> discord.ui.LayoutView:
    """A battle whose pictures are on their way."""
    return panel(
        heading(battle),
        text.being_painted(words),
        small([text.started_by(battle, words)]),
        _row(_stop(battle, words)),
        colour=CANAL,
    )


def open_battle(
    battle: Battle, files: Sequence[str], image_ids: Sequence[str], words: Words
) -> discord.ui.LayoutView:
    """Both pictures, by the names of their files, with the buttons to vote by."""
    votes = [
        ActionButton(
            BATTLE_VOTE[side],
            battle.id,
            ButtonLook(text.SIDES[side], style=discord.ButtonStyle.primary),
        )
        for side in Side
    ]
    count = ActionButton(
        BATTLE_COUNT, battle.id, ButtonLook(text.votes_button(0, words), disabled=True)
    )
    reports = [
        ActionButton(
            Action.REPORT, image_id, ButtonLook(text.report_button(side, words), ICON_REPORT)
        )
        for side, image_id in zip(Side, image_ids, strict=True)
    ]
    return panel(
        heading(battle),
        _gallery(battle, files, words),
        text.how_to_vote(battle, words),
        small([text.started_by(battle, words)]),
        _row(*votes, count),
        _row(*reports, _stop(battle, words)),
        colour=CANAL,
    )


def count_shown(view: discord.ui.LayoutView, battle: Battle, votes: int, words: Words) -> bool:
    """Write how many have voted onto an open battle's message; False if there is no need."""
    label = text.votes_button(votes, words)
    for item in view.walk_children():
        is_count = getattr(item, "custom_id", None) == f"{VERSION}:{BATTLE_COUNT}:{battle.id}"
        if is_count and isinstance(item, discord.ui.Button) and item.label != label:
            item.label = label
            return True
    return False


def closed_battle(end: BattleEnd, files: Sequence[str], words: Words) -> discord.ui.LayoutView:
    """The pictures with the names of their styles, the votes, and what they did to the ratings."""
    names = {each.side: each.style for each in end.contenders}
    lines = [
        text.contender_line(each.side, each.style, end.count, each.shift, words)
        for each in end.contenders
    ]
    return panel(
        heading(end.battle),
        *([_gallery(end.battle, files, words)] if files else []),
        f"{text.result(end.count, names, words)}\n" + "\n".join(lines),
        *_chart(end, words),
        small([text.started_by(end.battle, words), text.how_rated(words)]),
        *(_afterwards(each, words) for each in end.contenders),
        _row(
            *(
                _button(action, each.job, each.side, words)
                for action in _CONCERNING
                for each in end.contenders
            )
        ),
        colour=CANAL,
    )


def battle_chart(end: BattleEnd, words: Words) -> BarChart:
    """The votes of both sides."""
    return BarChart(
        title=text.chart_title(words),
        subtitle=text.chart_subtitle(words),
        names=tuple(text.chart_name(each.side, each.style) for each in end.contenders),
        totals=tuple(text.chart_total(each.side, end.count, words) for each in end.contenders),
        series=(
            Series(
                text.chart_title(words),
                tuple(text.share_of(each.side, end.count) for each in end.contenders),
            ),
        ),
        value_marks=text.scale_marks(words),
    )


def called_off_battle(battle: Battle, words: Words) -> discord.ui.LayoutView:
    """That a battle came to nothing."""
    said = [f"{ICON_NOTE} {text.called_off(battle, words)}", *text.failure_lines(battle, words)]
    is_removed = battle.call_off is CallOff.REMOVED
    left = [] if is_removed else [text.what_is_left(words)]
    return panel(
        heading(battle),
        "\n".join(said),
        small([*left, text.started_by(battle, words)]),
        colour=LANTERN,
    )


def heading(battle: Battle) -> str:
    """The prompt."""
    return f"{ICON_BATTLE} **{quoted(battle.prompt, _PROMPT_LENGTH)}**"


def _gallery(battle: Battle, files: Sequence[str], words: Words) -> discord.ui.MediaGallery[Any]:
    return discord.ui.MediaGallery(
        *(
            discord.MediaGalleryItem(
                f"attachment://{name}",
                description=alt_text(text.picture_name(side, battle.prompt, words)),
            )
            for side, name in zip(Side, files, strict=True)
        )
    )


def _chart(end: BattleEnd, words: Words) -> list[discord.ui.MediaGallery[Any]]:
    """There is nothing to draw of no votes."""
    if end.count.votes == 0:
        return []
    shares = (
        f"{text.chart_name(each.side, each.style)} {text.chart_total(each.side, end.count, words)}"
        for each in end.contenders
    )
    described = f"{text.chart_title(words)}: {'; '.join(shares)}"
    item = discord.MediaGalleryItem(f"attachment://{CHART_NAME}", description=described)
    return [discord.ui.MediaGallery(item)]


def _afterwards(contender: Contender, words: Words) -> Row:
    """What can be done with a picture, now that it is one like any other."""
    return _row(*(_button(action, contender.job, contender.side, words) for action in _AFTERWARDS))


def _button(action: Action, job: Job, side: Side, words: Words) -> ActionButton:
    label = f"{text.SIDES[side]} · {label_of(action, words)}"
    return ActionButton(*pressed(action, job), ButtonLook(label, ICONS[action]))


def _stop(battle: Battle, words: Words) -> ActionButton:
    return ActionButton(BATTLE_STOP, battle.id, ButtonLook(text.stop_button(words), ICON_CANCEL))


def _row(*buttons: ActionButton) -> Row:
    return discord.ui.ActionRow(*buttons)
