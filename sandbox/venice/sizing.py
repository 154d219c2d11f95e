"""How large a picture comes out, in pixels."""

import math
from dataclasses import dataclass

TIER_SIDES_PX = {"1k": 1024, "2k": 2048, "4k": 4096}
"""The side of each tier's square; other ratios keep its area."""

DEFAULT_SIDE_PX = 1024
_GRID_PX = 8


@dataclass(frozen=True, slots=True)
class PixelSize:
    """Width and height in pixels."""

    width: int
    height: int


def size_of_ratio(aspect_ratio: str, *, resolution: str | None = None) -> PixelSize:
    """The size of a ratio such as `19.5:9` in a tier, on a grid of 8 pixels."""
    side = TIER_SIDES_PX[resolution.casefold()] if resolution is not None else DEFAULT_SIDE_PX
    across, down = (float(part) for part in aspect_ratio.split(":"))
    stretch = math.sqrt(across / down)
    return PixelSize(_on_grid(side * stretch), _on_grid(side / stretch))


def nearest_ratio(size: PixelSize, ratios: tuple[str, ...]) -> str:
    """The listed ratio closest to a picture's own; `auto` is none."""
    wanted = math.log(size.width / size.height)

    def distance(ratio: str) -> float:
        across, down = (float(part) for part in ratio.split(":"))
        return abs(math.log(across / down) - wanted)

    return min((ratio for ratio in ratios if ratio != "auto"), key=distance)


def _on_grid(length_px: float) -> int:
    return max(_GRID_PX, round(length_px / _GRID_PX) * _GRID_PX)
