"""One picture to paint, with what safety makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.venice.painter import Brief, StyleGuide, encode, paint
from sandbox.venice.safety import Verdict, blacked_out, blurred


@dataclass(frozen=True, slots=True)
class Commission:
    """One picture to paint.

    Attributes:
        brief: what to paint.
        image_format: `webp`, `png` or `jpeg`.
        verdict: what the prompt asks for.
        safe_mode: whether adult pictures are blurred.
        guides: style references.
        description: what goes into the EXIF data, if anything.
        sketch: whether it is only sketched.
    """

    brief: Brief
    image_format: str
    verdict: Verdict
    safe_mode: bool
    guides: Sequence[StyleGuide] = ()
    description: str | None = None
    sketch: bool = False

    def fulfil(self) -> bytes:
        """Paints and encodes; belongs in a thread."""
        if self.verdict is Verdict.VIOLATION:
            picture = blacked_out(self.brief.width, self.brief.height)
        else:
            picture = paint(self.brief, self.guides, sketch=self.sketch)
        if self.verdict is Verdict.ADULT and self.safe_mode:
            picture = blurred(picture)
        return encode(picture, image_format=self.image_format, description=self.description)
