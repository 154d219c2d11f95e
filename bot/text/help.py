"""The words of `/help`."""

from bot.text.words import Words, texts_by_language


def greeting(models: int, styles: int, words: Words) -> str:
    """What the bot is for."""
    return words(
        "I paint pictures from words, with {models} models and {styles} styles. "
        "Type `/imagine` and say what you would like to see.",
        models=models,
        styles=styles,
    )


def safe_mode_line(*, on: bool, words: Words) -> str:
    """What safe mode means here."""
    if on:
        return words("Safe mode is on here: adult pictures are blurred.")
    return words("Safe mode is off here.")


def command_line(name: str, description: str, words: Words) -> str:
    """A command, described as Discord's picker describes it."""
    return f"`/{name}` {texts_by_language(description)[words.language]}"


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
