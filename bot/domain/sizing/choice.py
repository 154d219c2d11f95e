"""The answer of sizing: a value in one of the three idioms."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PixelSize:
    """Width and height in pixels."""

    width: int
    height: int

    @property
    def ratio(self) -> Fraction:
        """Width over height."""
        return Fraction(self.width, self.height)

    @property
    def area(self) -> int:
        """Width times height."""
        return self.width * self.height

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"


@dataclass(frozen=True, slots=True)
class RatioChoice:
    """An aspect ratio in the model's own spelling."""

    aspect_ratio: str

    def __str__(self) -> str:
        return self.aspect_ratio


@dataclass(frozen=True, slots=True)
class TierChoice:
    """An aspect ratio and a resolution tier, each in the model's own spelling."""

    aspect_ratio: str
    resolution: str

    def __str__(self) -> str:
        return f"{self.aspect_ratio} · {self.resolution}"


SizeChoice = PixelSize | RatioChoice | TierChoice
