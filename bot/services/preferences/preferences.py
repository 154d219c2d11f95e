"""Presets and defaults, held in memory, so that a request can be refused before it is deferred."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Never

from bot.domain.errors import PresetsFull
from bot.domain.ids import UserId
from bot.domain.preferences.defaults import NO_DEFAULTS, Defaults, DefaultsScope
from bot.domain.preferences.preset import MAX_PRESETS, Preset, preset_key
from bot.services.ports import Clock
from bot.services.schedule.repeating import repeat
from bot.services.storage_ports import Storage

LOOK_EVERY_S = 10.0
"""How soon a change by another process counts here."""

VERSION = "preferences_version"


@dataclass(frozen=True, slots=True)
class _Held:
    """All that the database has, and at which version it was read."""

    version: str | None = None
    defaults: dict[tuple[DefaultsScope, int], Defaults] = field(default_factory=dict)
    presets: dict[UserId, dict[str, Preset]] = field(default_factory=dict)


class PreferenceBook:
    """Everybody's presets and defaults. Each change is written first and counts at once."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._held = _Held()

    async def load(self) -> None:
        """Read everything anew."""
        async with self._storage.read() as tx:
            held = _Held(version=await tx.markers.get(VERSION))
            for scope, owner_id, value in await tx.preferences.all_defaults():
                held.defaults[scope, owner_id] = value
            for user_id, preset in await tx.preferences.all_presets():
                held.presets.setdefault(user_id, {})[preset_key(preset.name)] = preset
        self._held = held

    async def keep_fresh(self, clock: Clock) -> Never:
        """Notice what other processes change, until cancelled; one failure does not end it."""
        await repeat(self.look, every_s=LOOK_EVERY_S, clock=clock, failure="preferences_not_read")

    async def look(self) -> None:
        """Read everything anew if another process has changed something."""
        async with self._storage.read() as tx:
            version = await tx.markers.get(VERSION)
        if version != self._held.version:
            await self.load()

    def defaults_of(self, scope: DefaultsScope, owner_id: int | None) -> Defaults:
        """What an owner has set; nothing where there is none."""
        if owner_id is None:
            return NO_DEFAULTS
        return self._held.defaults.get((scope, owner_id), NO_DEFAULTS)

    def presets_of(self, user_id: UserId) -> Mapping[str, Preset]:
        """A member's presets, by their keys."""
        return self._held.presets.get(user_id, {})

    async def set_defaults(self, scope: DefaultsScope, owner_id: int, value: Defaults) -> None:
        """Write an owner's defaults."""
        async with self._storage.write() as tx:
            await tx.markers.set(VERSION, secrets.token_hex(8))
            await tx.preferences.set_defaults(scope, owner_id, value)
        self._held.defaults[scope, owner_id] = value

    async def save_preset(self, user_id: UserId, preset: Preset) -> None:
        """Write a preset, in place of the one of the same name.

        Raises:
            PresetsFull: if the member has as many of other names as may be.
        """
        async with self._storage.write() as tx:
            await tx.markers.set(VERSION, secrets.token_hex(8))
            await tx.preferences.save_preset(user_id, preset)
            # Counted once nobody else adds any: another press may have done so in between.
            if await tx.preferences.count_presets(user_id) > MAX_PRESETS:
                raise PresetsFull(MAX_PRESETS)
        self._held.presets.setdefault(user_id, {})[preset_key(preset.name)] = preset

    async def delete_preset(self, user_id: UserId, name: str) -> None:
        """Remove a preset."""
        async with self._storage.write() as tx:
            await tx.markers.set(VERSION, secrets.token_hex(8))
            await tx.preferences.delete_preset(user_id, name)
        self._held.presets.get(user_id, {}).pop(preset_key(name), None)
