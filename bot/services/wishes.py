"""From a wish to a request: the preset and the defaults are added, from memory."""

from bot.domain.choices import nearest
from bot.domain.defaults import (
    DefaultsScope,
    OutputSettings,
    output_settings,
    resolve,
    suited,
    without_additions,
)
from bot.domain.errors import PresetUnknown
from bot.domain.flags import Options
from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.preset import Preset, filled_prompt, preset_key
from bot.domain.request import ImageRequest
from bot.domain.wish import ImageWish, request_of
from bot.services.preferences import PreferenceBook
from bot.services.recipes import RecipeBook


class WishReader:
    """Reads wishes by the preferences and the catalogue."""

    def __init__(self, preferences: PreferenceBook, recipes: RecipeBook) -> None:
        self._preferences = preferences
        self._recipes = recipes

    def fulfil(
        self,
        wish: ImageWish,
        *,
        user_id: UserId,
        guild_id: GuildId | None,
        channel_id: ChannelId,
    ) -> ImageRequest:
        """The request that the wish, its preset and the defaults of the place make.

        A raw wish takes neither words nor a preset from anywhere else.

        Raises:
            PresetUnknown: if the member has no such preset.
            UnknownModel, ModelOffline, NotServing: if there is no model to paint it.
        """
        defaults = self.defaults_at(user_id=user_id, guild_id=guild_id, channel_id=channel_id)
        if wish.options.raw:
            said, prompt = wish.options, wish.prompt
            defaults = without_additions(defaults)
        else:
            preset = self.preset(user_id, wish.preset) if wish.preset else None
            said = resolve((wish.options, preset.options)) if preset else wish.options
            prompt = filled_prompt(preset.prompt, wish.prompt) if preset else wish.prompt
        model = self._recipes.model(said.model or defaults.model)
        return request_of(prompt, resolve((said, suited(defaults, said=said, model=model))))

    def defaults_at(
        self, *, user_id: UserId, guild_id: GuildId | None, channel_id: ChannelId
    ) -> Options:
        """The defaults that count for a member in a place."""
        owners: tuple[tuple[DefaultsScope, int | None], ...] = (
            (DefaultsScope.MEMBER, user_id),
            (DefaultsScope.CHANNEL, channel_id),
            (DefaultsScope.SERVER, guild_id),
        )
        return resolve(
            self._preferences.defaults_of(scope, owner_id).options for scope, owner_id in owners
        )

    def preset(self, user_id: UserId, name: str) -> Preset:
        """A member's preset by its name.

        Raises:
            PresetUnknown: if there is none, with the nearest.
        """
        presets = self._preferences.presets_of(user_id)
        found = presets.get(preset_key(name))
        if found is None:
            raise PresetUnknown(name, nearest((each.name for each in presets.values()), name))
        return found

    def output_settings(self, guild_id: GuildId | None) -> OutputSettings:
        """How a server's pictures are written."""
        return output_settings(self._preferences.defaults_of(DefaultsScope.SERVER, guild_id))
