"""What a choice changed of a wish: said aloud, never silently."""

from dataclasses import dataclass

from bot.domain.sizing.choice import PixelSize, SizeChoice
from bot.domain.sizing.ratio import read_ratio
from bot.domain.sizing.wish import SizeWish


@dataclass(frozen=True, slots=True)
class AspectApproximated:
    """The asked ratio became the nearest that the model can make."""

    asked: str
    used: str


@dataclass(frozen=True, slots=True)
class SizeChanged:
    """The asked pixel size became the nearest that the model takes."""

    asked: PixelSize
    used: PixelSize


@dataclass(frozen=True, slots=True)
class SizeBecameAspect:
    """The model takes no pixel size; its nearest ratio was used."""

    asked: PixelSize
    used: str


SizingNote = AspectApproximated | SizeChanged | SizeBecameAspect


def notes_on(wish: SizeWish, choice: SizeChoice) -> tuple[SizingNote, ...]:
    """What a member should be told: where the choice is not exactly what they wished."""
    if isinstance(choice, PixelSize):
        return _notes_on_pixels(wish, choice)
    return _notes_on_ratio(wish, choice.aspect_ratio)


def _notes_on_pixels(wish: SizeWish, used: PixelSize) -> tuple[SizingNote, ...]:
    if wish.pixels is not None:
        return () if wish.pixels == used else (SizeChanged(wish.pixels, used),)
    if wish.aspect is None or wish.ratio == used.ratio:
        return ()
    return (AspectApproximated(wish.aspect, f"{used}"),)


def _notes_on_ratio(wish: SizeWish, used: str) -> tuple[SizingNote, ...]:
    if wish.pixels is not None:
        return (SizeBecameAspect(wish.pixels, used),)
    if wish.aspect is None or wish.ratio == read_ratio(used):
        return ()
    return (AspectApproximated(wish.aspect, used),)
