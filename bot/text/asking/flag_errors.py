"""The words for flags that cannot be understood: `bot.text.errors.explain` hands them on."""

from functools import singledispatch

from bot.domain.asking.request import MAX_IMAGES_PER_REQUEST
from bot.domain.asking.seeds import HIGHEST_SEED, LOWEST_SEED
from bot.domain.flags import (
    HIGHEST_GUIDANCE,
    HIGHEST_LORA_STRENGTH,
    Flag,
    FlagError,
    FlagRepeated,
    FlagTakesNoValue,
    FlagValueMissing,
    FlagValueNotTaken,
    FlagValueUnclosed,
    OptionFlagConflict,
    UnknownFlag,
)
from bot.text.quoting import as_code, listed
from bot.text.words import N_, Words

_TAKES: dict[Flag, str] = {
    Flag.MODEL: N_("the name of a model"),
    Flag.STYLE: N_("the name of a style"),
    Flag.AR: N_("an aspect ratio such as `16:9`"),
    Flag.SIZE: N_("pixels such as `1280x720`, or a tier such as `2K`"),
    Flag.QUALITY: N_("a quality such as `high`"),
    Flag.NO: N_("what should not be in the picture"),
    Flag.SEED: N_("a whole number from {lowest_seed} to {highest_seed}, where 0 is random"),
    Flag.IMAGES: N_("a whole number from 1 to {most_images}"),
    Flag.STEPS: N_("a whole number from 1 up"),
    Flag.GUIDANCE: N_("a number above 0 and up to {highest_guidance}"),
    Flag.LORA: N_("a whole number from 0 to {highest_lora_strength}"),
    Flag.FORMAT: N_("`webp`, `png` or `jpeg`"),
}
"""What stands behind "It takes"."""


def _takes(flag: Flag, words: Words) -> str:
    return words(
        _TAKES[flag],
        lowest_seed=LOWEST_SEED,
        highest_seed=HIGHEST_SEED,
        most_images=MAX_IMAGES_PER_REQUEST,
        highest_guidance=f"{HIGHEST_GUIDANCE:g}",
        highest_lora_strength=HIGHEST_LORA_STRENGTH,
    )


@singledispatch
def explain_flag_error(error: FlagError, words: Words) -> str:
    """One to three sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_flag_error.register
def _(error: UnknownFlag, words: Words) -> str:
    if error.nearest:
        return words(
            "There is no flag {flag}. Did you mean {nearest}? "
            "If it is part of the prompt, put it in double quotation marks.",
            flag=as_code(f"--{error.name}"),
            nearest=listed(flag.typed for flag in error.nearest),
        )
    return words(
        "There is no flag {flag}. There are {flags}. "
        "If it is part of the prompt, put it in double quotation marks.",
        flag=as_code(f"--{error.name}"),
        flags=listed(flag.typed for flag in Flag),
    )


@explain_flag_error.register
def _(error: FlagRepeated, words: Words) -> str:
    return words("The flag {flag} stands there twice. Give it once.", flag=_code(error.flag))


@explain_flag_error.register
def _(error: FlagValueMissing, words: Words) -> str:
    return words(
        "The flag {flag} has no value. It takes {takes}.",
        flag=_code(error.flag),
        takes=_takes(error.flag, words),
    )


@explain_flag_error.register
def _(error: FlagValueUnclosed, words: Words) -> str:
    return words(
        "The value of {flag} begins with a quotation mark that is not closed: {got}. "
        "Close it, and leave a space before what follows.",
        flag=_code(error.flag),
        got=as_code(error.got),
    )


@explain_flag_error.register
def _(error: FlagValueNotTaken, words: Words) -> str:
    return words(
        "The flag {flag} does not take {got}. It takes {takes}.",
        flag=_code(error.flag),
        got=as_code(error.got),
        takes=_takes(error.flag, words),
    )


@explain_flag_error.register
def _(error: FlagTakesNoValue, words: Words) -> str:
    return words(
        "The flag {flag} takes no value. To turn it on, write it alone.", flag=_code(error.flag)
    )


@explain_flag_error.register
def _(error: OptionFlagConflict, words: Words) -> str:
    return words(
        "The option {option} says {by_option} and the flag {flag} says {by_flag}. Give only one.",
        option=as_code(error.flag.option),
        by_option=as_code(f"{error.by_option}"),
        flag=_code(error.flag),
        by_flag=as_code(f"{error.by_flag}"),
    )


def _code(flag: Flag) -> str:
    return as_code(flag.typed)
