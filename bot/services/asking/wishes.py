"""From a wish to its requests: flags, preset, defaults and style are read, from memory."""

from dataclasses import replace

from bot.domain.asking.choices import nearest
from bot.domain.asking.effects import Setting, heeds
from bot.domain.asking.wish import ImageWish, ReadWish, as_it_stands, requests_of
from bot.domain.errors import ModelOffline, PresetUnknown, UnknownModel
from bot.domain.flags import FlagError, Options, merge, parse_prompt
from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.preferences.defaults import (
    NO_OPTIONS,
    DefaultsScope,
    OutputSettings,
    output_settings,
    resolve,
    suited,
    without_additions,
)
from bot.domain.preferences.preset import Preset, filled_prompt, preset_key
from bot.domain.styles.errors import StyleModelGone, StyleRetired
from bot.domain.styles.references import joined
from bot.domain.styles.server_style import ServerStyle, in_style
from bot.services.asking.recipes import RecipeBook
from bot.services.preferences.preferences import PreferenceBook
from bot.services.styles.book import StyleBook


class WishReader:
    """Reads wishes by the preferences, the server's styles and the catalogue."""

    def __init__(self, preferences: PreferenceBook, recipes: RecipeBook, styles: StyleBook) -> None:
        self._preferences = preferences
        self._recipes = recipes
        self._styles = styles

    def fulfil(
        self,
        wish: ImageWish,
        *,
        user_id: UserId,
        guild_id: GuildId | None,
        channel_id: ChannelId,
    ) -> ReadWish:
        """The requests that the wish, its flags, its preset and the defaults of the place make.

        A raw wish takes neither words nor a preset from anywhere else.

        Raises:
            FlagError: if a flag cannot be understood, or differs from the option given.
            PermutationError: if the braces of the prompt cannot be expanded.
            PresetUnknown: if the member has no such preset.
            StyleError: if the server's style that was asked for cannot be painted in.
            UnknownModel, ModelOffline, NotServing: if there is no model to paint it.
        """
        parsed = parse_prompt(wish.prompt)
        given = merge(wish.options, parsed.flags)
        defaults = self.defaults_at(user_id=user_id, guild_id=guild_id, channel_id=channel_id)
        said, prompt = given, parsed.prompt
        left_out: tuple[str, ...] = ()
        if wish.preset and given.raw:
            left_out = ("preset",)
        elif wish.preset:
            preset = self.preset(user_id, wish.preset)
            said = resolve((given, preset.options))
            prompt = filled_prompt(preset.prompt, parsed.prompt)
        if said.raw:
            said, undone = as_it_stands(said)
            left_out = (*left_out, *undone)
            defaults = without_additions(defaults)
        style = self._server_style(guild_id, said=said, defaults=defaults)
        if style is not None:
            self._check_model(style, said)
            said, defaults = in_style(said, style.draft), replace(defaults, style=None)
        model = self._recipes.model(said.model or defaults.model)
        options = resolve((said, suited(defaults, said=said, model=model)))
        of_style = self._references(style)
        references = joined(wish.references, of_style, most=model.max_style_references)
        requests = requests_of(prompt, options, references)
        if style is not None:
            requests = tuple(style.applied_to(request) for request in requests)
        in_vain = bool(of_style) and not heeds(model, Setting.REFERENCE)
        return ReadWish(
            requests=requests,
            said=said,
            references=wish.references,
            left_out=left_out,
            style_in_vain=style.name if style is not None and in_vain else None,
        )

    def so_far(
        self,
        wish: ImageWish,
        *,
        user_id: UserId,
        guild_id: GuildId | None,
        channel_id: ChannelId,
    ) -> Options:
        """What counts of a wish that is still being typed; what is wrong in it does not count."""
        try:
            flags = parse_prompt(wish.prompt).flags
        except FlagError:
            flags = NO_OPTIONS
        preset = self._preferences.presets_of(user_id).get(preset_key(wish.preset or ""))
        return resolve(
            (
                wish.options,
                flags,
                preset.options if preset else NO_OPTIONS,
                self.defaults_at(user_id=user_id, guild_id=guild_id, channel_id=channel_id),
            )
        )

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

    def _server_style(
        self, guild_id: GuildId | None, *, said: Options, defaults: Options
    ) -> ServerStyle | None:
        """The server's style that is meant; one retired since still counts as a default.

        Raises:
            StyleRetired: if it is retired and was asked for.
        """
        found = self._styles.find(guild_id, said.style or defaults.style or "")
        if found is not None and found.retired_at is not None and said.style:
            raise StyleRetired(found.name)
        return found

    def _references(self, style: ServerStyle | None) -> tuple[StoredPicture, ...]:
        if style is None:
            return ()
        return tuple(each.picture for each in self._styles.references_of(style))

    def _check_model(self, style: ServerStyle, said: Options) -> None:
        if said.model is not None or style.draft.model is None:
            return
        try:
            self._recipes.model(style.draft.model)
        except (UnknownModel, ModelOffline):
            raise StyleModelGone(style.name, style.draft.model) from None

    def output_settings(self, guild_id: GuildId | None) -> OutputSettings:
        """How a server's pictures are written."""
        return output_settings(self._preferences.defaults_of(DefaultsScope.SERVER, guild_id))
