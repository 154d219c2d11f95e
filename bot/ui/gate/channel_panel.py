"""The messages of `/channel`."""

import discord

from bot.domain.gate.policy_here import PolicyHere
from bot.domain.gate.rule import Rule
from bot.services.gate.explaining import Explanation
from bot.text.gate import channel_policy as text
from bot.text.quotas.quota import quota_lines
from bot.text.words import Words
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_RULES, LANTERN

_ROOM_FOR_LIMITS = 800
"""Characters; the rules at their longest take the rest of a message."""


def channel_panel(here: PolicyHere, words: Words) -> discord.ui.LayoutView:
    """The rules of a channel."""
    return _rules(text.rules_heading(here.channel_id, words), here, [], words)


def explanation_panel(explanation: Explanation, words: Words) -> discord.ui.LayoutView:
    """What a member may do in a channel, and which rule decides it."""
    place, here = explanation.place, explanation.here
    heading = text.explained_heading(here.channel_id, place.user_id, words)
    return _rules(heading, here, _theirs(explanation, words), words)


def why_panel(rule: Rule, explanation: Explanation, words: Words) -> discord.ui.LayoutView:
    """Why something was refused, and all else that the member may do there."""
    heading = text.why_heading(rule, explanation.here, words)
    return _rules(heading, explanation.here, _theirs(explanation, words), words)


def _theirs(explanation: Explanation, words: Words) -> list[str]:
    is_moderator = explanation.place.manages_messages
    return [
        *text.member_lines(
            explanation.here, explanation.may_hold, words, is_moderator=is_moderator
        ),
        f"**{text.limits_heading(words)}**",
        *_fitting(quota_lines(explanation.quota, words)),
    ]


def _fitting(lines: str) -> list[str]:
    """As many lines of the limits as there is room for; `/quota` has them all."""
    kept: list[str] = []
    room = _ROOM_FOR_LIMITS
    for line in lines.splitlines():
        room -= len(line) + 1
        if room < 0:
            return [*kept, "…"]
        kept.append(line)
    return kept


def _rules(
    heading: str, here: PolicyHere, theirs: list[str], words: Words
) -> discord.ui.LayoutView:
    pause = text.pause_line(here.pause, words)
    lines = "\n".join([*text.rule_lines(here, words), *theirs])
    return panel(
        f"{ICON_RULES} **{heading}**",
        *([pause] if pause else []),
        lines,
        small(text.remarks(here, words)),
        colour=LANTERN if here.pause else CANAL,
    )
