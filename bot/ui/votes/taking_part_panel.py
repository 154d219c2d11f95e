"""The message that shows who may take part in what."""

import discord

from bot.domain.voting.taking_part import Rules
from bot.text.votes import taking_part as text
from bot.text.words import Words
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL


def rules_panel(rules: Rules, words: Words) -> discord.ui.LayoutView:
    """Every rule."""
    lines = "\n".join(f"- {line}" for line in text.rule_lines(rules, words))
    return panel(
        f"**{text.rules_title(words)}**\n{lines}", small([text.rules_hint(words)]), colour=CANAL
    )
