"""Soft noise, the same for the same dice."""

from random import Random

from PIL import Image


def soft_noise(
    dice: Random, *, width: int, height: int, cells: int, octaves: int = 4
) -> Image.Image:
    """Cloud-like levels of grey, with about `cells` billows across the width."""
    across, down = cells, max(2, round(cells * height / width))
    total = _grid(dice, across, down).resize((width, height), Image.Resampling.BICUBIC)
    for octave in range(1, octaves):
        grid = _grid(dice, across << octave, down << octave)
        finer = grid.resize((width, height), Image.Resampling.BICUBIC)
        total = Image.blend(total, finer, 1 / (1 << octave) / 2)
    return total


def _grid(dice: Random, across: int, down: int) -> Image.Image:
    return Image.frombytes("L", (across, down), dice.randbytes(across * down))


def contrasted(noise: Image.Image, *, low: int, high: int, strength: float) -> Image.Image:
    """The noise as a mask: nothing up to `low`, `strength` of everything from `high` on."""
    span = max(1, high - low)
    return noise.point(
        [round(255 * strength * min(1.0, max(0.0, (level - low) / span))) for level in range(256)]
    )
