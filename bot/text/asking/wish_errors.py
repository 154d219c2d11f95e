"""The words for wishes that cannot be painted: `bot.text.errors.explain` hands them on."""

from functools import singledispatch

from bot.domain.asking.effects import Setting
from bot.domain.asking.wish_errors import (
    CannotPostHere,
    ExtraPriceUnknown,
    NoLongerWaiting,
    SettingOutOfRange,
    WishError,
)
from bot.text.quoting import as_code
from bot.text.words import Words


@singledispatch
def explain_wish_error(error: WishError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_wish_error.register
def _(error: SettingOutOfRange, words: Words) -> str:
    values = {
        "setting": as_code(error.setting.value),
        "model": as_code(error.model),
        "given": f"{error.given:g}",
        "lowest": f"{error.lowest:g}",
        "highest": f"{error.highest:g}",
    }
    if error.setting is Setting.GUIDANCE:
        return words(
            "{setting} {given} is out of range: {model} takes numbers above {lowest} "
            "and up to {highest}.",
            **values,
        )
    return words(
        "{setting} {given} is out of range: {model} takes {lowest} to {highest}.", **values
    )


@explain_wish_error.register
def _(error: ExtraPriceUnknown, words: Words) -> str:
    return words(
        "What {setting} costs is not known, and there is a budget to keep. Please leave it out.",
        setting=as_code(error.setting.value),
    )


@explain_wish_error.register
def _(_error: CannotPostHere, words: Words) -> str:
    return words(
        "I may not send messages with files in this channel, and each further prompt needs one. "
        "Paint one prompt at a time, or add `--private`."
    )


@explain_wish_error.register
def _(_error: NoLongerWaiting, words: Words) -> str:
    return words(
        "This request no longer waits for your word: it was confirmed already, "
        "or its 15 minutes are over. Please ask again."
    )
