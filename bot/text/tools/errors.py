"""The words for errors about tools and the pictures they are given."""

from functools import singledispatch

from bot.domain.jobs.uploads import MIB
from bot.domain.tools import errors
from bot.domain.tools.request import Tool
from bot.text.format import pixels
from bot.text.words import N_, Words

_UNAVAILABLE: dict[Tool, str] = {
    Tool.EDIT: N_("The image service that this bot uses cannot edit pictures."),
    Tool.BLEND: N_("The image service that this bot uses cannot blend pictures."),
    Tool.UPSCALE: N_("The image service that this bot uses cannot upscale pictures."),
    Tool.CUT_OUT: N_("The image service that this bot uses cannot cut out pictures."),
}

_NOT_AGAIN: dict[Tool, str] = {
    Tool.EDIT: N_(
        "This edit cannot be repeated from here. Edit a picture of your choice with `/edit`."
    ),
    Tool.BLEND: N_(
        "This blend cannot be repeated from here. Blend pictures of your choice with `/blend`."
    ),
    Tool.UPSCALE: N_("Upscaling the same picture again would make the same picture."),
    Tool.CUT_OUT: N_("Cutting the same picture out again would make the same picture."),
}


@singledispatch
def explain_tool_error(error: errors.ToolError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_tool_error.register
def _(error: errors.ToolUnavailable, words: Words) -> str:
    return words(_UNAVAILABLE[error.tool])


@explain_tool_error.register
def _(_error: errors.PictureUnreadable, words: Words) -> str:
    return words("The picture cannot be read. Please use another one.")


@explain_tool_error.register
def _(error: errors.PictureTooSmall, words: Words) -> str:
    return words(
        "The picture is too small: it has {size} pixels, and the image service takes pictures "
        "from {least} pixels altogether, such as 256×256.",
        size=pixels(error.width, error.height),
        least=error.least_px,
    )


@explain_tool_error.register
def _(error: errors.PictureTooLarge, words: Words) -> str:
    return words(
        "The picture is too large: it has {size} pixels, and the image service takes pictures "
        "up to {most} pixels altogether. Please make it smaller.",
        size=pixels(error.width, error.height),
        most=error.most_px,
    )


@explain_tool_error.register
def _(error: errors.PictureTooHeavy, words: Words) -> str:
    return words(
        "The picture's file is too large. It must be smaller than {limit} MB.",
        limit=error.limit_bytes // MIB,
    )


@explain_tool_error.register
def _(error: errors.AlreadyLargest, words: Words) -> str:
    return words(
        "With {size} pixels the picture is too large to be made larger in this way. "
        "Try a smaller scale, or a smaller picture.",
        size=pixels(error.width, error.height),
    )


@explain_tool_error.register
def _(error: errors.PictureCountWrong, words: Words) -> str:
    if error.most < error.fewest:
        return words("This model works on one picture at a time. Please pick another model.")
    return words(
        "A blend is made of {fewest} to {most} pictures here; you gave {count}.",
        count=error.count,
        fewest=error.fewest,
        most=error.most,
    )


@explain_tool_error.register
def _(error: errors.TooManyReferences, words: Words) -> str:
    return words.plural(
        "This model takes {count} style reference; you gave {given}.",
        "This model takes {count} style references; you gave {given}.",
        error.limit,
        given=error.count,
    )


@explain_tool_error.register
def _(error: errors.NothingToRepeat, words: Words) -> str:
    return words(_NOT_AGAIN[error.tool])
