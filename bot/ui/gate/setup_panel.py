"""The messages of `/channel setup`."""

from typing import Any

import discord

from bot.domain.gate.channel_setup import ANSWERS, Question, Walk, changes_of, held_now
from bot.domain.gate.policy_here import PolicyHere
from bot.text.gate import channel_setup as text
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel
from bot.ui.parts.style import CANAL, ICON_BACK, ICON_CANCEL, ICON_NOTE, ICON_RULES, LANTERN

SETUP_ANSWER = "setup_answer"
SETUP_BACK = "setup_back"
SETUP_APPLY = "setup_apply"
SETUP_CANCEL = "setup_cancel"


def setup_panel(walk: Walk, here: PolicyHere, words: Words) -> discord.ui.LayoutView:
    """The question that comes next, or, after the last, what will change."""
    question = walk.question
    return _summary(walk, here, words) if question is None else _asked(walk, question, here, words)


def setup_done_panel(here: PolicyHere, words: Words) -> discord.ui.LayoutView:
    """That it was done."""
    return panel(f"{ICON_RULES} {text.applied(here.channel_id, words)}", colour=CANAL)


def setup_left_panel(words: Words) -> discord.ui.LayoutView:
    """That nothing was changed."""
    return panel(f"{ICON_NOTE} {text.left_as_it_was(words)}", colour=LANTERN)


def _asked(walk: Walk, question: Question, here: PolicyHere, words: Words) -> discord.ui.LayoutView:
    now = held_now(here.rules, question).value
    buttons = [
        ActionButton(
            SETUP_ANSWER,
            walk.answered(choice).target,
            ButtonLook(
                label=text.answer_label(question, answer, words),
                style=_style(is_held=answer == now),
            ),
        )
        for choice, answer in enumerate(ANSWERS[question])
    ]
    answers: discord.ui.ActionRow[Any] = discord.ui.ActionRow(*buttons)
    out: discord.ui.ActionRow[Any] = discord.ui.ActionRow(*_ways_out(walk, words))
    return panel(
        f"{ICON_RULES} **{text.question_heading(question, here.channel_id, words)}**",
        text.question_line(question, now, words),
        answers,
        out,
        colour=LANTERN,
    )


def _summary(walk: Walk, here: PolicyHere, words: Words) -> discord.ui.LayoutView:
    changes = changes_of(walk, here.rules)
    stays_on = not walk.settings.safe_mode and not here.age_restricted
    notes = [f"{ICON_NOTE} {text.safe_mode_stays(words)}"] if stays_on else []
    look = ButtonLook(label=text.step_labels(words)["apply"], style=discord.ButtonStyle.success)
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(
        ActionButton(SETUP_APPLY, walk.target, look), *_ways_out(walk, words)
    )
    return panel(
        f"{ICON_RULES} **{text.summary_heading(here.channel_id, words)}**",
        text.summary_lines(changes, words),
        *notes,
        row,
        colour=LANTERN,
    )


def _ways_out(walk: Walk, words: Words) -> list[ActionButton]:
    labels = text.step_labels(words)
    back = ButtonLook(label=labels["back"], emoji=ICON_BACK, disabled=not walk.chosen)
    cancel = ButtonLook(label=labels["cancel"], emoji=ICON_CANCEL)
    return [
        ActionButton(SETUP_BACK, walk.before().target, back),
        ActionButton(SETUP_CANCEL, walk.target, cancel),
    ]


def _style(*, is_held: bool) -> discord.ButtonStyle:
    return discord.ButtonStyle.primary if is_held else discord.ButtonStyle.secondary
