"""Saving, listing and deleting presets."""

from collections.abc import Sequence

from bot.domain.asking.choices import best_matches
from bot.domain.asking.wish import ImageWish
from bot.domain.errors import NothingGiven, PresetsFull
from bot.domain.flags import Options, merge, parse_prompt
from bot.domain.ids import UserId
from bot.domain.preferences.defaults import NO_OPTIONS
from bot.domain.preferences.preset import MAX_PRESETS, Preset, preset_key, preset_name
from bot.services.asking.plans import Place
from bot.services.asking.proposals import Proposer
from bot.services.asking.wishes import WishReader
from bot.services.preferences.preferences import PreferenceBook


class PresetService:
    """A member's presets."""

    def __init__(self, preferences: PreferenceBook, wishes: WishReader, proposer: Proposer) -> None:
        self._preferences = preferences
        self._wishes = wishes
        self._proposer = proposer

    def checked(self, name: str, prompt: str | None, options: Options, place: Place) -> Preset:
        """A preset that may be saved, from memory alone; its prompt's flags become options.

        Raises:
            MemberError: if its name is wrong, it says nothing, or nothing could be painted by it.
            NotServing: if no catalogue has been read yet.
        """
        parsed = parse_prompt((prompt or "").strip())
        options = merge(options, parsed.flags)
        preset = Preset(preset_name(name), options, parsed.prompt.strip() or None)
        if preset.prompt is None and options == NO_OPTIONS:
            raise NothingGiven
        presets = self._preferences.presets_of(place.user_id)
        if preset_key(preset.name) not in presets and len(presets) >= MAX_PRESETS:
            raise PresetsFull(MAX_PRESETS)
        self._proposer.check(ImageWish(prompt=preset.prompt or ".", options=options), place)
        return preset

    async def save(self, user_id: UserId, preset: Preset) -> bool:
        """Save a preset; True if it took the place of another one."""
        replaced = preset_key(preset.name) in self._preferences.presets_of(user_id)
        await self._preferences.save_preset(user_id, preset)
        return replaced

    def all(self, user_id: UserId) -> Sequence[Preset]:
        """A member's presets by name."""
        presets = self._preferences.presets_of(user_id)
        return [presets[key] for key in sorted(presets)]

    def find(self, user_id: UserId, name: str) -> Preset:
        """A preset by its name.

        Raises:
            PresetUnknown: if there is none, with the nearest.
        """
        return self._wishes.preset(user_id, name)

    def suggest(self, user_id: UserId, typed: str) -> list[str]:
        """The names that fit what was typed."""
        found = best_matches(self.all(user_id), typed, names=lambda preset: (preset.name,))
        return [preset.name for preset in found]

    async def delete(self, user_id: UserId, name: str) -> None:
        """Delete a preset."""
        await self._preferences.delete_preset(user_id, name)
