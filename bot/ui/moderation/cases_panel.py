"""The list of open reports, and what a post says once it is decided."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.moderation.report_case import OpenCase
from bot.services.moderation.report_cases import CASES_SHOWN, Decided
from bot.text.moderation import reports as text
from bot.text.words import Words
from bot.ui.moderation.case_buttons import LIST, verdict_row
from bot.ui.parts.panel import panel
from bot.ui.parts.style import BRICK, CANAL, ICON_REPORT, ICON_RULES


def cases_panel(cases: Sequence[OpenCase], words: Words) -> discord.ui.LayoutView:
    """Pictures on which nobody has decided; one more than is shown says that there are others."""
    shown = cases[:CASES_SHOWN]
    parts: list[str | discord.ui.Item[Any]] = [
        f"{ICON_REPORT} {text.cases_heading(len(cases), words, more=len(cases) > len(shown))}"
    ]
    for case in shown:
        parts.append(text.case_line(case, words))
        parts.append(verdict_row(case.image_id, LIST, words, hidden=case.hidden))
    return panel(*parts, colour=BRICK if cases else CANAL)


def decided_panel(said: Sequence[str], decided: Decided, words: Words) -> discord.ui.LayoutView:
    """A post of a report as it was, without its picture and its buttons, and the decision."""
    decision = text.decided(decided.verdict, decided.by, decided.author, words)
    return panel(*said, f"{ICON_RULES} {decision}", colour=CANAL)
