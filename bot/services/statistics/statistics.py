"""What was painted over time, for a server and for oneself."""

from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo

from bot.domain.errors import ManageServerNeeded
from bot.domain.ids import GuildId, ModelId
from bot.domain.money import UsdMicros
from bot.domain.statistics.statistics import (
    ModelCount,
    ModelSeries,
    Statistics,
    StatisticsQuery,
    Timeline,
    Topic,
    Whose,
    timeline,
)
from bot.services.asking.plans import Place
from bot.services.ports import Clock, ModelCatalogue
from bot.services.storage_ports import Storage, Transaction

ZoneOf = Callable[[GuildId | None], tzinfo]
"""In which time zone a server's days begin; None is direct messages."""


class StatisticsService:
    """Counts for whoever asks, and shows a server's money to its managers alone."""

    def __init__(
        self, *, storage: Storage, catalogue: ModelCatalogue, clock: Clock, zone_of: ZoneOf
    ) -> None:
        self._storage = storage
        self._catalogue = catalogue
        self._clock = clock
        self._zone_of = zone_of

    async def count(self, query: StatisticsQuery, place: Place, *, may_manage: bool) -> Statistics:
        """What was painted in the period that the query names.

        Raises:
            NoServerHere: if a server's statistics are asked for in direct messages.
            ManageServerNeeded: if its cost is, by a member who does not manage it.
        """
        line = timeline(query.period, self._clock.now(), self._zone_of(place.guild_id))
        if query.whose is Whose.ME:
            async with self._storage.read() as tx:
                counts = await tx.statistics.of_member(place.user_id, line.edges)
            return self._statistics(query, line, counts, with_cost=True)
        guild_id = place.server
        if query.topic is Topic.COST and not may_manage:
            raise ManageServerNeeded
        async with self._storage.read() as tx:
            return await self._of_server(tx, query, line, guild_id, with_cost=may_manage)

    async def _of_server(
        self,
        tx: Transaction,
        query: StatisticsQuery,
        line: Timeline,
        guild_id: GuildId,
        *,
        with_cost: bool,
    ) -> Statistics:
        counts = await tx.statistics.of_server(guild_id, line.edges)
        members = tuple(await tx.statistics.active_members(guild_id, line.edges))
        [in_all] = await tx.statistics.active_members(guild_id, (line.edges[0], line.edges[-1]))
        return self._statistics(
            query, line, counts, members=members, total_members=in_all, with_cost=with_cost
        )

    def _statistics(
        self,
        query: StatisticsQuery,
        line: Timeline,
        counts: Sequence[ModelCount],
        *,
        with_cost: bool,
        members: tuple[int, ...] | None = None,
        total_members: int | None = None,
    ) -> Statistics:
        return Statistics(
            whose=query.whose,
            period=query.period,
            timeline=line,
            models=tuple(self._by_model(counts, spans=len(line.days))),
            members=members,
            total_members=total_members,
            with_cost=with_cost,
        )

    def _by_model(self, counts: Sequence[ModelCount], *, spans: int) -> Iterable[ModelSeries]:
        """The models, those that painted most first."""
        by_model: dict[str, list[ModelCount]] = {}
        for count in counts:
            by_model.setdefault(model_name(self._catalogue, count.model), []).append(count)
        series = [_series(name, of_model, spans) for name, of_model in by_model.items()]
        return sorted(series, key=lambda each: (-sum(each.images), each.name))


def model_name(catalogue: ModelCatalogue, model: ModelId) -> str:
    """A model's name as members know it; its id if it is no longer listed."""
    found = catalogue.find(model)
    return model if found is None else found.name


def _series(name: str, counts: Sequence[ModelCount], spans: int) -> ModelSeries:
    images, paid = [0] * spans, [0] * spans
    for count in counts:
        images[count.span] += count.images
        paid[count.span] += count.usd_micros
    return ModelSeries(name, tuple(images), tuple(map(UsdMicros, paid)))
