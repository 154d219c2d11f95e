"""The words for what sizing changed: said aloud, never silently."""

from functools import singledispatch

from bot.domain.sizing import AspectApproximated, SizeBecameAspect, SizeChanged, SizingNote
from bot.text.words import Words


@singledispatch
def explain_note(note: SizingNote, words: Words) -> str:
    """One sentence on a change.

    Raises:
        NotImplementedError: for a note that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(note).__name__)


@explain_note.register
def _(note: AspectApproximated, words: Words) -> str:
    return words(
        "This model cannot paint {asked} exactly; the nearest is {used}.",
        asked=note.asked,
        used=note.used,
    )


@explain_note.register
def _(note: SizeChanged, words: Words) -> str:
    return words(
        "This model does not take {asked}; the nearest is {used}.", asked=note.asked, used=note.used
    )


@explain_note.register
def _(note: SizeBecameAspect, words: Words) -> str:
    return words(
        "This model takes no pixel sizes; {asked} became the aspect ratio {used}.",
        asked=note.asked,
        used=note.used,
    )
