"""The words of the forms and questions that belong to the image tools."""

from bot.domain.money import UsdMicros
from bot.domain.sizing import PixelSize
from bot.domain.tools.request import Scale
from bot.text.format import money
from bot.text.words import Words


def edit_title(words: Words) -> str:
    """The title of the form in which an edit is asked for."""
    return words("Edit the picture")


def edit_prompt_label(words: Words) -> str:
    """Over the field that says what to change."""
    return words("What should change?")


def edit_prompt_example(words: Words) -> str:
    """What may stand there."""
    return words("Such as: make it night, with lanterns in the windows")


def like_title(words: Words) -> str:
    """The title of the form in which a picture like another one is asked for."""
    return words("Imagine like this")


def model_label(words: Words) -> str:
    """Over the choice of the model."""
    return words("Model")


def usual_model(name: str, words: Words) -> str:
    """Where no model is chosen: which one it will be."""
    return words("The usual one: {model}", model=name)


def which_scale(words: Words) -> str:
    """The question how much larger."""
    return words("How much larger should the picture be?")


def scale_label(
    scale: Scale, size: PixelSize, price_usd_micros: UsdMicros | None, words: Words
) -> str:
    """What a scale makes of the picture and what it costs."""
    return words(
        "{scale}× · {size} · {price}", scale=scale, size=size, price=money(words, price_usd_micros)
    )


def which_offered(words: Words) -> str:
    """The question which picture of a member's message is meant."""
    return words("Which picture of this message do you mean?")


def in_the_style_of(prompt: str) -> str:
    """What an edit model is asked, in the language it reads best, to paint like a picture."""
    return f"Make a new picture in the style of this one: {prompt}"
