"""Rounds, proposals and ballots for tests, each with room for what a test cares about."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.rounds.style_round import (
    RoundId,
    RoundPlan,
    StyleProposal,
    StyleRound,
    VotingWay,
    opened,
)
from bot.domain.styles.server_style import StyleDraft

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def make_plan(**overrides: Any) -> RoundPlan:
    values: dict[str, Any] = {
        "theme": "winter nights",
        "proposal_days": 4,
        "vote_days": 3,
        "winners": 1,
        "weeks": 2,
        "way": VotingWay.APPROVAL,
    }
    return RoundPlan(**(values | overrides))


def make_round(number: int = 1, **overrides: Any) -> StyleRound:
    return opened(
        RoundId(f"{number:016x}"),
        make_plan(**overrides),
        guild_id=GuildId(number),
        channel_id=ChannelId(number),
        by=UserId(1),
        now=NOW,
    )


def make_proposal(number: int, author: int = 900, **overrides: Any) -> StyleProposal:
    values: dict[str, Any] = {
        "round_id": RoundId(f"{1:016x}"),
        "number": number,
        "author_id": UserId(author),
        "draft": StyleDraft(name=f"Style {number}", template="{prompt}, oils"),
        "proposed_at": NOW,
        "image_id": ImageId(f"image-{number}"),
    }
    return StyleProposal(**(values | overrides))
