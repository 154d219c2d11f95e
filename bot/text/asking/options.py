"""The words beside the values that an option offers."""

from bot.text.words import Words


def steps_label(steps: int, words: Words, *, default: int | None, highest: int) -> str:
    """A number of steps, with the range of the model chosen."""
    if steps == default:
        return words(
            "{steps} · what this model does unasked; it takes 1 to {highest}",
            steps=steps,
            highest=highest,
        )
    return words("{steps} · this model takes 1 to {highest}", steps=steps, highest=highest)
