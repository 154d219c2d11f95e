"""Translates what the command picker shows from the same catalogues as all other words."""

import discord
from discord import app_commands

from bot.text.words import SOURCE_LANGUAGE, words_for


class CommandTranslator(app_commands.Translator):
    """Descriptions and the names of menus in the languages there are.

    Names that are typed stay as they are.
    """

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The text in a locale, or None where it is to stay English."""
        if context.location not in _DESCRIPTIONS and not isinstance(
            context.data, app_commands.ContextMenu
        ):
            return None
        words = words_for(locale.value)
        return words(string.message) if words.language != SOURCE_LANGUAGE else None


_DESCRIPTIONS = frozenset(
    {
        app_commands.TranslationContextLocation.command_description,
        app_commands.TranslationContextLocation.group_description,
        app_commands.TranslationContextLocation.parameter_description,
    }
)
