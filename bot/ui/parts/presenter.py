"""The one presenter of errors: every error of a command, button or modal becomes words here."""

import secrets

import discord
import structlog
from discord import app_commands

from bot.domain.errors import (
    GondolaError,
    KeepingError,
    RecordsOutOfReach,
    RefusedByRule,
    ResultError,
)
from bot.text.errors import explain
from bot.text.words import Words, words_for
from bot.ui.gate.why_button import why_row
from bot.ui.parts.interaction_watch import InteractionWatch
from bot.ui.parts.panel import NO_MENTIONS, panel
from bot.ui.parts.style import BRICK, ICON_FAILED, ICON_REFUSED, LANTERN

log = structlog.get_logger(__name__)

_MESSAGE_STAYS = frozenset(
    {
        discord.InteractionResponseType.deferred_message_update,
        discord.InteractionResponseType.message_update,
    }
)
"""Answers to a button whose "original response" is the message that the button is on."""


async def present_error(interaction: discord.Interaction, error: Exception) -> None:
    """Tell the member what happened; tell the operator if it was not the member's doing."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    _note_refusal(interaction, cause)
    view = _words_of(interaction, cause)
    try:
        await _answer(interaction, view)
    except discord.HTTPException as failed:
        log.warning(
            "error_not_shown",
            interaction_id=interaction.id,
            error=type(cause).__name__,
            cause=str(failed),
        )


def _note_refusal(interaction: discord.Interaction, cause: Exception) -> None:
    watch = getattr(interaction.client, "watch", None)
    if isinstance(watch, InteractionWatch) and isinstance(cause, GondolaError):
        watch.refused(cause)
    if isinstance(cause, RecordsOutOfReach):
        log.error("records_out_of_reach", command=_command_of(interaction), cause=str(cause))


def error_panel(error: GondolaError, words: Words) -> discord.ui.LayoutView:
    """What happened and what to do, and that nothing was charged where something could have."""
    sentence = f"{ICON_REFUSED} {explain(error, words)}"
    if not isinstance(error, ResultError | KeepingError):
        sentence = f"{sentence}\n-# {words('Nothing was charged.')}"
    why = [why_row([error.rule], words)] if isinstance(error, RefusedByRule) else []
    return panel(sentence, *why, colour=LANTERN)


def _words_of(interaction: discord.Interaction, cause: Exception) -> discord.ui.LayoutView:
    words = words_for(interaction.locale.value)
    if isinstance(cause, GondolaError):
        return error_panel(cause, words)
    return panel(_unexpected(interaction, cause, words), colour=BRICK)


def _unexpected(interaction: discord.Interaction, cause: Exception, words: Words) -> str:
    """An incident number joins what the member sees to what the operator finds in the log."""
    incident = secrets.token_hex(4)
    command = _command_of(interaction)
    log.error("command_crashed", incident=incident, command=command, exc_info=cause)
    sentence = words(
        "Something went wrong inside the bot. "
        "The operator finds it in the log under incident {incident}.",
        incident=f"`{incident}`",
    )
    return f"{ICON_FAILED} {sentence}"


def _command_of(interaction: discord.Interaction) -> str | None:
    return interaction.command.qualified_name if interaction.command else None


async def _answer(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """Answer the member alone, where Discord lets the bot choose."""
    response = interaction.response
    if not response.is_done():
        await response.send_message(view=view, ephemeral=True, allowed_mentions=NO_MENTIONS)
    elif response.type in _MESSAGE_STAYS:
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NO_MENTIONS)
    else:
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)
