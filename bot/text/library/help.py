"""The words of `/help`."""

from collections.abc import Iterable

from bot.text.words import Words, texts_by_language


def greeting(models: int, styles: int, words: Words) -> str:
    """What the bot is for."""
    return words(
        "I paint pictures from words, with {models} models and {styles} styles. "
        "Type `/imagine` and say what you would like to see.",
        models=models,
        styles=styles,
    )


def prompt_hint(words: Words) -> str:
    """What a prompt can do beside saying what to paint."""
    return words(
        "Options can stand in the prompt: `a fox --ar 16:9 --seed 42`. "
        "Braces paint several at once: `a {{red,blue}} fox`."
    )


def safe_mode_line(*, on: bool, words: Words) -> str:
    """What safe mode means here."""
    if on:
        return words("Safe mode is on here: adult pictures are blurred.")
    return words("Safe mode is off here.")


def command_line(name: str, description: str, words: Words) -> str:
    """A command, described as Discord's picker describes it."""
    return f"`/{name}` {texts_by_language(description)[words.language]}"


def group_line(name: str, description: str, inside: Iterable[str], words: Words) -> str:
    """A command that others stand in, which are told by their names alone."""
    names = " ".join(f"`{each}`" for each in inside)
    return f"{command_line(name, description, words)}: {names}"


def menus_line(names: Iterable[str], words: Words) -> str:
    """The menus on messages, and how to come by them."""
    listed = ", ".join(f"**{texts_by_language(name)[words.language]}**" for name in names)
    return words(
        "On a message with a picture, right-click or hold, then Apps: {menus}", menus=listed
    )


def commands_heading(words: Words) -> str:
    """Over the commands."""
    return words("What you can do here")


def surprise_label(words: Words) -> str:
    """The button that begins with a prompt of the bot's own."""
    return words("Surprise me")


def surprise_title(words: Words) -> str:
    """The title over a prompt of the bot's own, of at most 45 characters (Discord)."""
    return words("How about this?")


def models_label(words: Words) -> str:
    """The button that opens the list of models."""
    return words("Show the models")
