"""The words for what can be wrong with a picture that a member brings."""

from functools import singledispatch

from bot.domain.tools import picture_errors as errors
from bot.text.quoting import as_code
from bot.text.words import Words


@singledispatch
def explain_picture_error(error: errors.InputPictureError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_picture_error.register
def _(_error: errors.NoPictureThere, words: Words) -> str:
    return words("This message shows no picture. Pick one with a PNG, JPEG or WebP in it.")


@explain_picture_error.register
def _(_error: errors.AddressNotAllowed, words: Words) -> str:
    return words(
        "This picture is not on Discord, and the bot fetches pictures from nowhere else. "
        "Please upload it here."
    )


@explain_picture_error.register
def _(_error: errors.PictureNotFetched, words: Words) -> str:
    return words("Discord did not hand the picture out. Please try again, or upload it anew.")


@explain_picture_error.register
def _(error: errors.PictureTypeNotTaken, words: Words) -> str:
    return words(
        "This file is {found}. The bot takes PNG, JPEG and WebP; please convert it first.",
        found=as_code(error.found),
    )


@explain_picture_error.register
def _(_error: errors.PictureAnimated, words: Words) -> str:
    return words("This picture is animated. Please take a still one, such as one of its frames.")


@explain_picture_error.register
def _(_error: errors.OfferExpired, words: Words) -> str:
    return words("This question was asked too long ago. Please pick the picture again.")
