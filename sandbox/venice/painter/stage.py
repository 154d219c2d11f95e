"""Where a scene leaves room for its subjects."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sandbox.venice.painter.geometry import Point


class Place(Enum):
    """Where a subject belongs: on land, on the water, in the sky."""

    GROUND = "ground"
    AFLOAT = "afloat"
    ALOFT = "aloft"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where subjects can be put, in canvas pixels.

    Attributes:
        spots: where a subject stands, floats, or has its middle in the sky.
        size: how tall a subject in front is.
    """

    spots: Mapping[Place, Point]
    size: float
