"""Members' presets, and the defaults of members, channels and servers."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import UserId
from bot.domain.preferences.defaults import Defaults, DefaultsScope
from bot.domain.preferences.preset import Preset, preset_key
from bot.storage.engine.upsert import insert_into
from bot.storage.tables import defaults, presets

_DEFAULTS = TypeAdapter(Defaults)
_PRESET = TypeAdapter(Preset)


class SqlPreferenceRepository:
    """`PreferenceRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all_defaults(self) -> Sequence[tuple[DefaultsScope, int, Defaults]]:
        """Everybody's defaults, each with its scope and owner."""
        found = await self._connection.execute(select(defaults))
        return [(row.scope, row.owner_id, _DEFAULTS.validate_json(row.value)) for row in found]

    async def all_presets(self) -> Sequence[tuple[UserId, Preset]]:
        """Everybody's presets."""
        found = await self._connection.execute(select(presets))
        return [(UserId(row.user_id), _PRESET.validate_json(row.value)) for row in found]

    async def set_defaults(self, scope: DefaultsScope, owner_id: int, value: Defaults) -> None:
        """Write an owner's defaults, or, where nothing is set, remove them."""
        if value.is_empty:
            await self._connection.execute(
                delete(defaults).where(defaults.c.scope == scope, defaults.c.owner_id == owner_id)
            )
            return
        written = _DEFAULTS.dump_json(value, exclude_none=True).decode()
        await self._connection.execute(
            insert_into(self._connection, defaults)
            .values(scope=scope, owner_id=owner_id, value=written)
            .on_conflict_do_update(
                index_elements=[defaults.c.scope, defaults.c.owner_id], set_={"value": written}
            )
        )

    async def save_preset(self, user_id: UserId, preset: Preset) -> None:
        """Write a preset, in place of the one of the same name."""
        written = _PRESET.dump_json(preset, exclude_none=True).decode()
        await self._connection.execute(
            insert_into(self._connection, presets)
            .values(user_id=user_id, key=preset_key(preset.name), value=written)
            .on_conflict_do_update(
                index_elements=[presets.c.user_id, presets.c.key], set_={"value": written}
            )
        )

    async def count_presets(self, user_id: UserId) -> int:
        """How many presets a member has."""
        counted = await self._connection.scalar(
            select(func.count()).select_from(presets).where(presets.c.user_id == user_id)
        )
        return counted or 0

    async def delete_preset(self, user_id: UserId, name: str) -> bool:
        """Remove a preset; False if there was none of that name."""
        removed = await self._connection.execute(
            delete(presets).where(presets.c.user_id == user_id, presets.c.key == preset_key(name))
        )
        return removed.rowcount > 0
