"""A wish: what a member said now, before presets and defaults are added."""

from dataclasses import dataclass, replace

from bot.domain.asking.effects import Setting, settings_in
from bot.domain.asking.permutations import expand
from bot.domain.asking.request import ImageRequest
from bot.domain.flags import Options
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.preferences.defaults import NO_OPTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageWish:
    """A prompt, the options given with it, the preset that it is to be painted by.

    `references` are pictures whose style guides the painting.
    """

    prompt: str = ""
    options: Options = NO_OPTIONS
    preset: str | None = None
    references: tuple[StoredPicture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWish:
    """What a wish comes to: a request for each prompt that its braces make.

    `said` is what the member said by option, flag or preset, and `references` the pictures given
    with it; defaults are not in them. `left_out` names the options that `--raw` left out, and
    `style_in_vain` the server's style whose reference pictures the model does not take.
    """

    requests: tuple[ImageRequest, ...]
    said: Options
    references: tuple[StoredPicture, ...] = ()
    left_out: tuple[str, ...] = ()
    style_in_vain: str | None = None

    @property
    def settings(self) -> frozenset[Setting]:
        """The settings that the member gave."""
        given = settings_in(self.said)
        return given | {Setting.REFERENCE} if self.references else given


def requests_of(
    prompt: str, options: Options, references: tuple[StoredPicture, ...] = ()
) -> tuple[ImageRequest, ...]:
    """A request for each prompt that the braces make; the braces of a raw prompt are text.

    Raises:
        PermutationError: if the braces cannot be expanded, or make too many images.
    """
    prompts = (prompt,) if options.raw else expand(prompt, _images_each(options))
    return tuple(request_of(each, options, references) for each in prompts)


def as_it_stands(said: Options) -> tuple[Options, tuple[str, ...]]:
    """What is left of the options where the prompt is painted as it stands, and what went."""
    left_out = [name for name in ("style", "enhance") if getattr(said, name)]
    return replace(said, style=None, enhance=None), tuple(left_out)


def request_of(
    prompt: str, options: Options, references: tuple[StoredPicture, ...] = ()
) -> ImageRequest:
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
        images=_images_each(options),
        private=bool(options.private),
        format=options.format,
        steps=options.steps,
        guidance=options.guidance,
        lora_strength=options.lora_strength,
        enhance=bool(options.enhance),
        web_search=bool(options.web_search),
        references=references,
    )


def _images_each(options: Options) -> int:
    return 1 if options.images is None else options.images
