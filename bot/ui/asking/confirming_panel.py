"""The messages before money is spent: a question with a button, or a remark without one."""

from typing import Any

import discord

from bot.domain.asking.pending import confirm_target
from bot.domain.asking.request import MAX_IMAGES_PER_REQUEST
from bot.services.asking.confirming import Confirmed, Question
from bot.services.asking.proposals import Proposal
from bot.text.asking.confirming import (
    cancel_all_button,
    confirm_button,
    confirmed,
    nothing_spent_yet,
    paint_anyway_button,
    prompt_lines,
    prompts_made,
    settings_without_effect,
    style_references_in_vain,
    where_results_come,
)
from bot.text.format import moment
from bot.text.quotas.quota import cap_lines
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_CANCEL, ICON_NOTE, ICON_PROMPT, LANTERN

CONFIRM = "confirm"
CONFIRM_PRIVATE = "confirm_private"
CANCEL_ALL = "cancel_all"


def question_panel(question: Question, words: Words) -> discord.ui.LayoutView:
    """What a proposal makes and costs, what will not count, and the button that goes ahead."""
    proposal = question.proposal
    kind = CONFIRM_PRIVATE if proposal.is_private else CONFIRM
    look = ButtonLook(_label(proposal, words), ICON_PROMPT, discord.ButtonStyle.success)
    until = moment(question.pending.expires_at)
    return panel(
        *_several(proposal, words),
        *_without_effect(proposal, words),
        cap_lines(question.quota, words),
        small([nothing_spent_yet(until, words)]),
        _row(ActionButton(kind, confirm_target(question.pending), look)),
        colour=LANTERN,
    )


def remark_panel(
    proposal: Proposal, words: Words, *, interaction_id: int
) -> discord.ui.LayoutView | None:
    """What is said of a proposal that goes ahead at once; None where there is nothing to say."""
    said = [*_several(proposal, words), *_without_effect(proposal, words)]
    if not said:
        return None
    return panel(*said, *_cancel_all(len(proposal.plans), f"{interaction_id}", words), colour=CANAL)


def confirmed_panel(answer: Confirmed, words: Words) -> discord.ui.LayoutView:
    """What becomes of a question whose button was pressed."""
    jobs = answer.jobs
    lines = [f"{ICON_PROMPT} {confirmed(sum(len(job.images) for job in jobs), words)}"]
    if len(jobs) > 1:
        lines.append(where_results_come(words, private=jobs[0].request.private))
    return panel(*lines, *_cancel_all(len(jobs), answer.pending.id, words), colour=CANAL)


def _several(proposal: Proposal, words: Words) -> list[str]:
    """What the braces make, where they make more than one prompt."""
    if len(proposal.plans) == 1:
        return []
    made = prompts_made(len(proposal.plans), proposal.images, proposal.price_usd_micros, words)
    return [
        f"{ICON_PROMPT} {made}",
        prompt_lines(tuple(plan.request.prompt for plan in proposal.plans), words),
        where_results_come(words, private=proposal.is_private),
    ]


def _without_effect(proposal: Proposal, words: Words) -> list[str]:
    sentences = settings_without_effect(
        proposal.ignored, proposal.left_out, words, model_name=proposal.model_name
    )
    if proposal.style_in_vain is not None:
        sentences.append(
            style_references_in_vain(proposal.style_in_vain, words, model_name=proposal.model_name)
        )
    return [f"{ICON_NOTE} {sentence}" for sentence in sentences]


def _label(proposal: Proposal, words: Words) -> str:
    price = proposal.price_usd_micros
    if proposal.images > MAX_IMAGES_PER_REQUEST:
        return confirm_button(proposal.images, price, words)
    return paint_anyway_button(price, words)


def _cancel_all(jobs: int, target: str, words: Words) -> list[discord.ui.ActionRow[Any]]:
    """A single job has a button of its own."""
    if jobs == 1:
        return []
    look = ButtonLook(cancel_all_button(words), ICON_CANCEL)
    return [_row(ActionButton(CANCEL_ALL, target, look))]


def _row(button: ActionButton) -> discord.ui.ActionRow[Any]:
    return discord.ui.ActionRow(button)
