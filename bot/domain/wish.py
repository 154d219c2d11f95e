"""A wish: what a member said now, before presets and defaults are added."""

from dataclasses import dataclass

from bot.domain.defaults import NO_OPTIONS
from bot.domain.flags import Options
from bot.domain.request import ImageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageWish:
    """A prompt, the options given with it, and the preset that it is to be painted by."""

    prompt: str = ""
    options: Options = NO_OPTIONS
    preset: str | None = None


def request_of(prompt: str, options: Options) -> ImageRequest:
    """The request that a prompt and all options together make."""
    return ImageRequest(
        prompt=prompt,
        model=options.model,
        style=options.style,
        aspect=options.aspect,
        size=options.size,
        quality=options.quality,
        negative=options.negative,
        seed=options.seed,
        images=1 if options.images is None else options.images,
        private=bool(options.private),
        format=options.format,
    )
