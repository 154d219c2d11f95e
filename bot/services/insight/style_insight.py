"""Which styles do best in a server: over time, for each kind of prompt, on each model."""

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC
from functools import partial
from typing import TypeVar

from bot.domain.ids import ModelId
from bot.domain.insight.style_insight import (
    MOST_MODELS,
    BestStyle,
    InsightQuery,
    StyleInsight,
    best_of,
    span_names,
    trends,
)
from bot.domain.insight.style_tally import NOTHING, StyleTally
from bot.domain.statistics.statistics import timeline
from bot.services.asking.plans import Place
from bot.services.ports import Clock, ModelCatalogue
from bot.services.statistics.statistics import model_name
from bot.services.storage_ports import Storage
from bot.services.styles.book import StyleBook

GroupT = TypeVar("GroupT", bound=Hashable)


class StyleInsightService:
    """Reads what votes on pictures in styles come to."""

    def __init__(
        self, *, storage: Storage, styles: StyleBook, catalogue: ModelCatalogue, clock: Clock
    ) -> None:
        self._storage = storage
        self._styles = styles
        self._catalogue = catalogue
        self._clock = clock

    def model_named(self, said: str | None) -> ModelId | None:
        """The model that a member means; one that is no longer listed by its id."""
        if said is None:
            return None
        found = self._catalogue.find(said)
        return ModelId(said) if found is None else found.id

    async def look(self, query: InsightQuery, place: Place) -> StyleInsight:
        """What is known of the styles of a server.

        Raises:
            NoServerHere: in direct messages.
        """
        guild_id = place.server
        line = timeline(query.period, self._clock.now(), UTC)
        spans = span_names(line)
        name_of = partial(self._styles.name_of, guild_id)
        async with self._storage.read() as tx:
            found = await tx.style_insight.over_time(
                guild_id, spans, kind=query.kind, model=query.model
            )
            by_kind = (
                await tx.style_insight.by_kind(guild_id, spans, model=query.model)
                if query.kind is None
                else []
            )
            by_model = (
                await tx.style_insight.by_model(guild_id, spans, kind=query.kind)
                if query.model is None
                else []
            )
        named = ((self._model_name(model), style, tally) for model, style, tally in by_model)
        return StyleInsight(
            query=query,
            timeline=line,
            model_name=None if query.model is None else self._model_name(query.model),
            total=sum((tally for _, _, tally in found), start=NOTHING),
            styles=trends(found, spans, name_of),
            by_kind=_best_first(by_kind, name_of),
            by_model=_best_first(named, name_of)[:MOST_MODELS],
        )

    def _model_name(self, model: ModelId) -> str:
        return model_name(self._catalogue, model)


def _best_first(
    found: Iterable[tuple[GroupT, str, StyleTally]], name_of: Callable[[str], str]
) -> tuple[BestStyle[GroupT], ...]:
    """The best style of each group, those with the most votes first."""
    groups: dict[GroupT, dict[str, StyleTally]] = {}
    for group, style, tally in found:
        of_group = groups.setdefault(group, {})
        of_group[style] = of_group.get(style, NOTHING) + tally
    in_order = sorted(
        groups.items(),
        key=lambda each: (-sum(tally.vote_count for tally in each[1].values()), f"{each[0]}"),
    )
    return tuple(best_of(group, styles, name_of) for group, styles in in_order)
