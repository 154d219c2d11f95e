"""From a typed prompt to the prompt proper and the values of its flags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.asking.request import MAX_IMAGES_PER_REQUEST, ImageFormat
from bot.domain.asking.seeds import HIGHEST_SEED, LOWEST_SEED
from bot.domain.flags.errors import FlagValueNotTaken
from bot.domain.flags.flag import Flag, Options
from bot.domain.flags.scanning import scan

HIGHEST_GUIDANCE = 20.0
"""Guidance is above 0 and at most this (Venice, POST /image/generate, `cfg_scale`)."""

HIGHEST_LORA_STRENGTH = 100
"""LoRA strength goes from 0 to this (Venice, POST /image/generate, `lora_strength`)."""

_FORMATS: Mapping[str, ImageFormat] = {
    "webp": "webp",
    "png": "png",
    "jpeg": "jpeg",
    "jpg": "jpeg",
}

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class ParsedPrompt:
    """The prompt without its flags, and what they say."""

    prompt: str
    flags: Options


def parse_prompt(text: str) -> ParsedPrompt:
    """Take the flags out of a prompt and read them, by the rules of `bot.domain.flags`.

    A prompt without flags comes back unchanged. The prompt that is left may be empty.

    Raises:
        FlagError: if a flag is unknown or repeated, or its value is missing or not taken.
    """
    found = scan(text)
    return ParsedPrompt(found.prompt, _read_all(found.texts))


def _read_all(texts: Mapping[Flag, str]) -> Options:
    return Options(
        model=texts.get(Flag.MODEL),
        style=texts.get(Flag.STYLE),
        aspect=texts.get(Flag.AR),
        size=texts.get(Flag.SIZE),
        quality=texts.get(Flag.QUALITY),
        negative=texts.get(Flag.NO),
        seed=_read(texts, Flag.SEED, _seed),
        images=_read(texts, Flag.IMAGES, _images),
        steps=_read(texts, Flag.STEPS, _steps),
        guidance=_read(texts, Flag.GUIDANCE, _guidance),
        lora_strength=_read(texts, Flag.LORA, _lora_strength),
        format=_read(texts, Flag.FORMAT, _format),
        enhance=_is_on(texts, Flag.ENHANCE),
        web_search=_is_on(texts, Flag.WEB),
        private=_is_on(texts, Flag.PRIVATE),
        raw=_is_on(texts, Flag.RAW),
    )


def _is_on(texts: Mapping[Flag, str], flag: Flag) -> bool | None:
    return True if flag in texts else None


def _read(texts: Mapping[Flag, str], flag: Flag, read: Callable[[str], _Read]) -> _Read | None:
    """The value of a flag, read by a function that raises ValueError if it is not taken."""
    text = texts.get(flag)
    if text is None:
        return None
    try:
        return read(text)
    except ValueError:
        raise FlagValueNotTaken(flag, text) from None


def _seed(text: str) -> int:
    return _within(int(text), LOWEST_SEED, HIGHEST_SEED)


def _images(text: str) -> int:
    return _within(int(text), 1, MAX_IMAGES_PER_REQUEST)


def _steps(text: str) -> int:
    """How many steps are too many is the model's to say."""
    steps = int(text)
    if steps < 1:
        raise ValueError(text)
    return steps


def _guidance(text: str) -> float:
    """Half of Europe writes a comma before decimals."""
    guidance = float(text.replace(",", "."))
    if not 0 < guidance <= HIGHEST_GUIDANCE:
        raise ValueError(text)
    return guidance


def _lora_strength(text: str) -> int:
    return _within(int(text), 0, HIGHEST_LORA_STRENGTH)


def _format(text: str) -> ImageFormat:
    found = _FORMATS.get(text.lower())
    if found is None:
        raise ValueError(text)
    return found


def _within(number: int, lowest: int, highest: int) -> int:
    if not lowest <= number <= highest:
        raise ValueError(number)
    return number
