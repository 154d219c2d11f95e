"""What insight into styles needs from outside; see `bot.services.ports`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.ids import GuildId, ImageId, ModelId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_tally import StyledPicture, StyleTally


class StyleInsightRepository(Protocol):
    """What votes on pictures in styles come to, by the span that the pictures were painted in."""

    async def add(self, picture: StyledPicture) -> None:
        """Write down a picture in a style, before its first vote is put."""

    async def unsorted(self, *, limit: int) -> Sequence[ImageId]:
        """Some of the pictures whose prompts were not looked at yet."""

    async def sort(self, kinds: Mapping[ImageId, PromptKind]) -> None:
        """Say what pictures' prompts are of, and count the votes that they have."""

    async def over_time(
        self,
        guild_id: GuildId,
        spans: Sequence[str],
        *,
        kind: PromptKind | None,
        model: ModelId | None,
    ) -> Sequence[tuple[str, str, StyleTally]]:
        """Span, style and tally; None means every kind, or every model."""

    async def by_kind(
        self, guild_id: GuildId, spans: Sequence[str], *, model: ModelId | None
    ) -> Sequence[tuple[PromptKind, str, StyleTally]]:
        """Kind, style and tally over all the spans."""

    async def by_model(
        self, guild_id: GuildId, spans: Sequence[str], *, kind: PromptKind | None
    ) -> Sequence[tuple[ModelId, str, StyleTally]]:
        """Model, style and tally over all the spans."""
