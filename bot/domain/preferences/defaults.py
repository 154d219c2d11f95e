"""Defaults: what counts where a member said nothing.

What a member says now counts most, then the preset they use, then their own defaults, the
channel's, the server's, and last the bot's own. A default never makes a request fail that would
pass without it: where the chosen model does not take it, it is left out (`suited`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from bot.domain.asking.effects import Setting, heeds
from bot.domain.asking.request import ImageFormat
from bot.domain.flags import Options
from bot.domain.models.image_model import ImageModel
from bot.domain.sizing import SizingError, fit, parse_wish

NO_OPTIONS = Options()
_NAMES = tuple(field.name for field in fields(Options))


class DefaultsScope(StrEnum):
    """Whose defaults."""

    MEMBER = "member"
    CHANNEL = "channel"
    SERVER = "server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What one member, channel or server has set. The last two are a server's alone."""

    options: Options = NO_OPTIONS
    hide_watermark: bool | None = None
    embed_exif_metadata: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is set."""
        return self == NO_DEFAULTS


NO_DEFAULTS = Defaults()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSettings:
    """How a server's pictures are written; these are the bot's own where it says nothing."""

    image_format: ImageFormat = "webp"
    hide_watermark: bool = False
    embed_exif_metadata: bool = False


def resolve(layers: Iterable[Options]) -> Options:
    """The options that count, from layers in falling order: the first that says something wins.

    Pixels and an aspect ratio are one choice: whichever layer says either of them first, no lower
    one adds the other. A tier such as `2K` and a ratio go together.
    """
    resolved = NO_OPTIONS
    for layer in _telling(layers):
        if resolved is NO_OPTIONS:
            resolved = layer
            continue
        beneath = _beneath(resolved, layer)
        added = {
            name: value
            for name in _NAMES
            if getattr(resolved, name) is None and (value := getattr(beneath, name)) is not None
        }
        resolved = replace(resolved, **added)
    return resolved


def overlaid(given: Defaults, former: Defaults) -> Defaults:
    """Former defaults, with what is given now instead."""
    return Defaults(
        options=resolve((given.options, former.options)),
        hide_watermark=_first(given.hide_watermark, former.hide_watermark),
        embed_exif_metadata=_first(given.embed_exif_metadata, former.embed_exif_metadata),
    )


def without(defaults: Defaults, name: str) -> Defaults:
    """Defaults without one option or setting, by its field's name."""
    unset: dict[str, Any] = {name: None}
    if name in _NAMES:
        return replace(defaults, options=replace(defaults.options, **unset))
    return replace(defaults, **unset)


def output_settings(server: Defaults) -> OutputSettings:
    """How a server's pictures are written."""
    return OutputSettings(
        image_format=server.options.format or "webp",
        hide_watermark=bool(server.hide_watermark),
        embed_exif_metadata=bool(server.embed_exif_metadata),
    )


def suited(defaults: Options, *, said: Options, model: ImageModel) -> Options:
    """The defaults without what the model does not take, or what does not fit what was said."""
    if defaults == NO_OPTIONS:
        return defaults
    quality = (defaults.quality or "").strip().lower()
    if quality not in model.qualities:
        defaults = replace(defaults, quality=None)
    if len(defaults.negative or "") > model.prompt_limit:
        defaults = replace(defaults, negative=None)
    if not heeds(model, Setting.STEPS) or (defaults.steps or 0) > (model.steps_max or 0):
        defaults = replace(defaults, steps=None)
    if defaults.web_search and not heeds(model, Setting.WEB_SEARCH):
        defaults = replace(defaults, web_search=None)
    return _fitting(defaults, said, model)


def without_additions(defaults: Options) -> Options:
    """What is left of defaults for a prompt that is to be painted as it stands (`--raw`)."""
    return replace(defaults, style=None, negative=None, enhance=None)


def _telling(layers: Iterable[Options]) -> Iterable[Options]:
    """The layers that say something, which few do."""
    return (layer for layer in layers if layer != NO_OPTIONS)


def _beneath(above: Options, layer: Options) -> Options:
    """A layer without what the choice of size above it rules out."""
    if above.aspect is not None and _is_pixels(layer.size):
        layer = replace(layer, size=None)
    if _is_pixels(above.size):
        layer = replace(layer, aspect=None)
    return layer


def _is_pixels(size: str | None) -> bool:
    """Whether a size is anything but a tier; a malformed one counts, and is told of later."""
    if size is None:
        return False
    try:
        return parse_wish(aspect=None, size=size).tier is None
    except SizingError:
        return True


def _fitting(defaults: Options, said: Options, model: ImageModel) -> Options:
    """As much of the defaults' sizing as the model can do."""
    attempts = (
        defaults,
        replace(defaults, size=None),
        replace(defaults, aspect=None),
    )
    for attempt in attempts:
        if _fits(resolve((said, attempt)), model):
            return attempt
    return replace(defaults, aspect=None, size=None)


def _fits(options: Options, model: ImageModel) -> bool:
    if model.sizing is None:
        return False
    try:
        fit(model.sizing, parse_wish(aspect=options.aspect, size=options.size))
    except SizingError:
        return False
    return True


def _first(given: bool | None, former: bool | None) -> bool | None:  # noqa: FBT001 - two of a kind
    return former if given is None else given
