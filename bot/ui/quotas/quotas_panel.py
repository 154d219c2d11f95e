"""The messages of `/quotas`."""

from typing import Any

import discord

from bot.domain.quotas.grants import Grant, GrantTarget
from bot.domain.quotas.limit_change import (
    Change,
    LimitChange,
    LimitPreview,
    SettingsChange,
    SettingsPreview,
    WaitingChange,
)
from bot.domain.quotas.overview import Explanation, ServerOverview
from bot.text.quotas import limit_changes as changes
from bot.text.quotas import quotas as text
from bot.text.quotas.limits import Present
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_NOTE, ICON_QUOTA, ICON_SAVED, LANTERN

APPLY = "quotas_apply"


def overview_panel(
    overview: ServerOverview, present: Present, words: Words
) -> discord.ui.LayoutView:
    """All that a server has set."""
    parts = [
        f"{ICON_QUOTA} " + "\n".join(text.shown_limits(overview, present, words)),
        "\n".join(text.shown_settings(overview, words)),
    ]
    grants = text.shown_grants(overview, present, words)
    if grants:
        parts.append("\n".join(grants))
    return panel(*parts, colour=CANAL)


def preview_panel(preview: LimitPreview, words: Words) -> discord.ui.LayoutView:
    """What a change of limits would come to, and the button that applies it."""
    title = changes.change_title(preview.change, words)
    whose = changes.effects_title(preview.change.source, words)
    effects = "\n".join(changes.effect_lines(preview, words))
    exceptions = changes.exceptions_line(preview, words)
    return panel(
        "\n".join([f"{ICON_QUOTA} **{title}**", *changes.change_lines(preview.change, words)]),
        f"**{whose}**\n{effects}",
        *([f"{ICON_NOTE} {exceptions}"] if exceptions else []),
        *_question(preview.waiting, words),
        colour=LANTERN,
    )


def settings_preview_panel(preview: SettingsPreview, words: Words) -> discord.ui.LayoutView:
    """What a change of the budget or of time would come to, and the button that applies it."""
    parts = ["\n".join(_settings(preview.change, words))]
    if preview.budget_before != preview.budget_after:
        parts.append("\n".join(changes.budget_effect_lines(preview, words)))
    return panel(*parts, *_question(preview.waiting, words), colour=LANTERN)


def applied_panel(change: Change, words: Words) -> discord.ui.LayoutView:
    """What becomes of a preview once it is applied."""
    return panel(
        "\n".join(_said(change, words)), f"{ICON_SAVED} {changes.applied(words)}", colour=CANAL
    )


def granted_panel(grant: Grant, words: Words) -> discord.ui.LayoutView:
    """What was given, to whom, until when."""
    lines = [f"{ICON_SAVED} {text.granted(grant, words)}"]
    if grant.target is GrantTarget.ROLE:
        lines.append(small([text.each_member_of_it(words)]))
    return panel("\n".join(lines), colour=CANAL)


def revoked_panel(grant: Grant, words: Words) -> discord.ui.LayoutView:
    """What is no more."""
    return panel(f"{ICON_SAVED} {text.revoked(grant, words)}", colour=CANAL)


def explanation_panel(explanation: Explanation, words: Words) -> discord.ui.LayoutView:
    """What holds for a member, line by line with its source."""
    title = text.explanation_title(explanation, words)
    lines = "\n".join(text.explanation_lines(explanation, words))
    return panel(
        f"{ICON_QUOTA} **{title}**\n{lines}",
        small(text.budget_lines(explanation.budget, words)),
        colour=CANAL,
    )


def _said(change: Change, words: Words) -> list[str]:
    if isinstance(change, LimitChange):
        title = changes.change_title(change, words)
        return [f"{ICON_QUOTA} **{title}**", *changes.change_lines(change, words)]
    return _settings(change, words)


def _settings(change: SettingsChange, words: Words) -> list[str]:
    title = changes.settings_title(words)
    return [f"{ICON_QUOTA} **{title}**", *changes.settings_lines(change, words)]


def _question(waiting: WaitingChange, words: Words) -> list[str | discord.ui.ActionRow[Any]]:
    look = ButtonLook(changes.apply_button(words), ICON_SAVED, discord.ButtonStyle.success)
    return [
        small([changes.not_changed_yet(waiting.expires_at, words)]),
        discord.ui.ActionRow(ActionButton(APPLY, waiting.id, look)),
    ]
