"""The words for errors about a server's styles."""

from functools import singledispatch

from bot.domain.styles import errors
from bot.text.quoting import as_code, listed
from bot.text.words import Words


@singledispatch
def explain_style_error(error: errors.StyleError, words: Words) -> str:
    """One or two sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_style_error.register
def _(error: errors.StyleNameWrong, words: Words) -> str:
    return words("A style's name has 1 to {limit} characters.", limit=error.limit)


@explain_style_error.register
def _(error: errors.StyleExists, words: Words) -> str:
    return words(
        "There is a style called {name} already. Choose another name.", name=as_code(error.name)
    )


@explain_style_error.register
def _(error: errors.StyleUnknown, words: Words) -> str:
    if error.nearest:
        return words(
            "This server has no style called {name}. Did you mean {nearest}?",
            name=as_code(error.name),
            nearest=listed(error.nearest),
        )
    return words(
        "This server has no style called {name}. `/style list` shows those it has.",
        name=as_code(error.name),
    )


@explain_style_error.register
def _(error: errors.StyleRetired, words: Words) -> str:
    return words(
        "The style {name} is retired here. `/styles` shows those that are not.",
        name=as_code(error.name),
    )


@explain_style_error.register
def _(error: errors.StyleOfAnother, words: Words) -> str:
    return words(
        "The style {name} is another member's. Its author and who manages the server say what it "
        "looks like.",
        name=as_code(error.name),
    )


@explain_style_error.register
def _(error: errors.ReferencesFull, words: Words) -> str:
    return words(
        "A style has at most {limit} reference pictures. `/style reference remove` makes room.",
        limit=error.limit,
    )


@explain_style_error.register
def _(error: errors.ServerReferencesFull, words: Words) -> str:
    return words(
        "The styles of a server have at most {limit} reference pictures together. "
        "`/style reference remove` makes room.",
        limit=error.limit,
    )


@explain_style_error.register
def _(_error: errors.ReferenceThere, words: Words) -> str:
    return words("The style has this picture already.")


@explain_style_error.register
def _(error: errors.NoSuchReference, words: Words) -> str:
    if not error.count:
        return words("The style has no reference pictures.")
    return words(
        "The style has no reference picture {number}; their numbers go from 1 to {count}.",
        number=error.number,
        count=error.count,
    )


@explain_style_error.register
def _(error: errors.StyleModelGone, words: Words) -> str:
    return words(
        "The style {name} is painted with {model}, which is not to be had any more. "
        "Name another `model:` with it.",
        name=as_code(error.name),
        model=as_code(error.model),
    )


@explain_style_error.register
def _(error: errors.StylesFull, words: Words) -> str:
    return words("A server keeps at most {limit} styles, retired ones included.", limit=error.limit)


@explain_style_error.register
def _(error: errors.StyleMerged, words: Words) -> str:
    return words(
        "The style {name} was merged into another, which its name means now. "
        "`/style list` shows those there are.",
        name=as_code(error.name),
    )


@explain_style_error.register
def _(error: errors.MergeIntoItself, words: Words) -> str:
    return words("{name} cannot be merged into itself.", name=as_code(error.name))


@explain_style_error.register
def _(error: errors.MergeIntoRetired, words: Words) -> str:
    return words(
        "{into} is retired: whoever asks for {name} would get nothing. Use `/style restore` on "
        "{into} first, or `/style retire` on {name}. Nothing was changed.",
        name=as_code(error.name),
        into=as_code(error.into),
    )


@explain_style_error.register
def _(error: errors.MergeIntoUnpaintable, words: Words) -> str:
    return words(
        "The model of {into} is not to be had any more: whoever asks for {name} would get nothing. "
        "Use `/style retire` on {name} first. Nothing was changed.",
        name=as_code(error.name),
        into=as_code(error.into),
    )


@explain_style_error.register
def _(error: errors.MergesFull, words: Words) -> str:
    return words(
        "{limit} styles of this server were merged into others, and more cannot be. "
        "`/style retire` takes one out of use.",
        limit=error.limit,
    )


@explain_style_error.register
def _(_error: errors.TemplateWithoutPrompt, words: Words) -> str:
    return words(
        "The template does not say where the prompt goes. Write {placeholder} into it.",
        placeholder="`{prompt}`",
    )


@explain_style_error.register
def _(_error: errors.TemplateBraces, words: Words) -> str:
    return words(
        "A template takes {prompt} and {subject}, and no other braces.",
        prompt="`{prompt}`",
        subject="`{subject}`",
    )


@explain_style_error.register
def _(error: errors.TemplateTooLong, words: Words) -> str:
    return words("A template has at most {limit} characters.", limit=error.limit)


@explain_style_error.register
def _(_error: errors.StyleFileWrong, words: Words) -> str:
    return words("That is not a file of styles as `/style export` writes it. Nothing was imported.")
