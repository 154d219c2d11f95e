"""The command's options and the prompt's flags as one."""

from typing import TypeVar

from bot.domain.flags.errors import OptionFlagConflict
from bot.domain.flags.flag import Flag, Options, Value

_Given = TypeVar("_Given", bound=Value)


def merge(options: Options, flags: Options) -> Options:
    """What was given by either; what both say is the option's, in the option's spelling.

    Texts that differ only in case or blanks are the same.

    Raises:
        OptionFlagConflict: if both were given and differ.
    """
    return Options(
        model=_agreed(Flag.MODEL, options.model, flags.model),
        style=_agreed(Flag.STYLE, options.style, flags.style),
        aspect=_agreed(Flag.AR, options.aspect, flags.aspect),
        size=_agreed(Flag.SIZE, options.size, flags.size),
        quality=_agreed(Flag.QUALITY, options.quality, flags.quality),
        negative=_agreed(Flag.NO, options.negative, flags.negative),
        seed=_agreed(Flag.SEED, options.seed, flags.seed),
        images=_agreed(Flag.IMAGES, options.images, flags.images),
        steps=_agreed(Flag.STEPS, options.steps, flags.steps),
        guidance=_agreed(Flag.GUIDANCE, options.guidance, flags.guidance),
        lora_strength=_agreed(Flag.LORA, options.lora_strength, flags.lora_strength),
        format=_agreed(Flag.FORMAT, options.format, flags.format),
        enhance=_agreed(Flag.ENHANCE, options.enhance, flags.enhance),
        web_search=_agreed(Flag.WEB, options.web_search, flags.web_search),
        private=_agreed(Flag.PRIVATE, options.private, flags.private),
        raw=_agreed(Flag.RAW, options.raw, flags.raw),
    )


def _agreed(flag: Flag, by_option: _Given | None, by_flag: _Given | None) -> _Given | None:
    if by_option is None:
        return by_flag
    if by_flag is not None and _comparable(by_option) != _comparable(by_flag):
        raise OptionFlagConflict(flag, by_option, by_flag)
    return by_option


def _comparable(value: Value) -> Value:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value
