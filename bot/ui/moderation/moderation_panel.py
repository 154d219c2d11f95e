"""The messages of `/moderation terms`."""

from collections.abc import Sequence

import discord

from bot.domain.terms.listed import ListedTerm, TermTest
from bot.text.moderation import moderation as text
from bot.text.words import Words
from bot.ui.parts.panel import panel
from bot.ui.parts.style import CANAL, ICON_RULES

LIST_FILE = "blocked-terms.txt"


def terms_panel(terms: Sequence[ListedTerm], words: Words) -> discord.ui.LayoutView:
    """A server's blocked terms, as many as a message holds."""
    return panel(f"{ICON_RULES} {text.term_lines(terms, words)}", colour=CANAL)


def term_test_panel(test: TermTest, words: Words) -> discord.ui.LayoutView:
    """What of a prompt would be refused."""
    return panel(f"{ICON_RULES} {text.term_test_lines(test, words)}", colour=CANAL)


def terms_file_panel(words: Words) -> discord.ui.LayoutView:
    """The list as a file."""
    file: discord.ui.File[discord.ui.LayoutView] = discord.ui.File(f"attachment://{LIST_FILE}")
    return panel(text.terms_exported(words), file, colour=CANAL)
