"""A pen that draws in a subject's own measure: its foot at (0, 0), its height 1, y upwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour
from sandbox.venice.painter.geometry import Point, smooth_line, smooth_outline


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws a subject somewhere on the canvas.

    Attributes:
        canvas: what is drawn on.
        foot: where the subject stands, in canvas pixels.
        size: its height, in canvas pixels.
        mirrored: whether it looks to the left.
    """

    canvas: Canvas
    foot: Point
    size: float
    mirrored: bool = False

    def place(self, point: Point) -> Point:
        """From the subject's measure to the canvas."""
        x = -point[0] if self.mirrored else point[0]
        return self.foot[0] + x * self.size, self.foot[1] - point[1] * self.size

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """A smooth shape; a point given twice is a corner."""
        outline = smooth_outline([self.place(point) for point in points])
        self.canvas.draw.polygon(outline, fill=colour)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """A shape with straight edges."""
        self.canvas.draw.polygon([self.place(point) for point in points], fill=colour)

    def oval(self, centre: Point, across: float, down: float, colour: Colour) -> None:
        """An ellipse by its two radii."""
        x, y = self.place(centre)
        half_width, half_height = across * self.size, down * self.size
        box = (x - half_width, y - half_height, x + half_width, y + half_height)
        self.canvas.draw.ellipse(box, fill=colour)

    def box(self, left: float, bottom: float, width: float, height: float, colour: Colour) -> None:
        """A rectangle."""
        corners = ((left, bottom), (left + width, bottom))
        tops = ((left + width, bottom + height), (left, bottom + height))
        self.polygon([*corners, *tops], colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """A smooth line of even width."""
        path = smooth_line([self.place(point) for point in points])
        thickness = max(1, round(width * self.size))
        self.canvas.draw.line(path, fill=colour, width=thickness, joint="curve")

    def glow(self, centre: Point, radius: float, colour: Colour, *, strength: float) -> None:
        """Light around a point."""
        self.canvas.glow(self.place(centre), radius * self.size, colour, strength=strength)
