"""What layers have set for their channels, and what is paused."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.gate.channel_rules import ChannelSettings, Layer
from bot.domain.gate.pause import Pause, PausedPlace
from bot.domain.ids import GuildId
from bot.storage.engine.upsert import insert_into
from bot.storage.moderation.tables import channel_settings, pauses

_SETTINGS = TypeAdapter(ChannelSettings)
_NOTHING = ChannelSettings()


class SqlChannelPolicyRepository:
    """`ChannelPolicyRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all_settings(
        self, guild_id: GuildId | None = None
    ) -> Sequence[tuple[GuildId, Layer, int, ChannelSettings]]:
        """What every layer has set, of one server or of all."""
        wanted = select(channel_settings)
        if guild_id is not None:
            wanted = wanted.where(channel_settings.c.guild_id == guild_id)
        found = await self._connection.execute(wanted)
        return [
            (GuildId(row.guild_id), row.layer, row.place_id, _SETTINGS.validate_json(row.value))
            for row in found
        ]

    async def set_settings(
        self, guild_id: GuildId, layer: Layer, place_id: int, value: ChannelSettings
    ) -> None:
        """Write what a layer says; one that says nothing is removed."""
        table = channel_settings
        key = {"guild_id": guild_id, "layer": layer, "place_id": place_id}
        if value == _NOTHING:
            await self._connection.execute(
                delete(table).where(*(table.c[name] == part for name, part in key.items()))
            )
            return
        written = _SETTINGS.dump_json(value, exclude_none=True).decode()
        await self._connection.execute(
            insert_into(self._connection, table)
            .values(**key, value=written)
            .on_conflict_do_update(
                index_elements=[table.c[name] for name in key], set_={"value": written}
            )
        )

    async def all_pauses(self) -> Sequence[Pause]:
        """What is paused anywhere."""
        found = await self._connection.execute(select(pauses))
        return [
            Pause(
                PausedPlace(GuildId(row.guild_id), row.layer, row.place_id), row.since, row.reason
            )
            for row in found
        ]

    async def pause(self, pause: Pause) -> bool:
        """Write a pause; False if there was one already."""
        place = pause.place
        written = await self._connection.execute(
            insert_into(self._connection, pauses)
            .values(
                guild_id=place.guild_id,
                layer=place.layer,
                place_id=place.place_id,
                since=pause.since,
                reason=pause.reason,
            )
            .on_conflict_do_nothing(
                index_elements=[pauses.c.guild_id, pauses.c.layer, pauses.c.place_id]
            )
            .returning(pauses.c.place_id)
        )
        return written.one_or_none() is not None

    async def resume(self, place: PausedPlace) -> bool:
        """Remove a pause; False if there was none."""
        removed = await self._connection.execute(
            delete(pauses).where(
                pauses.c.guild_id == place.guild_id,
                pauses.c.layer == place.layer,
                pauses.c.place_id == place.place_id,
            )
        )
        return removed.rowcount > 0
