"""Pictures for the stand-in: drawn with Pillow, the same for the same brief."""

from sandbox.venice.painter.brief import Brief
from sandbox.venice.painter.editing import EditBrief, edit_picture
from sandbox.venice.painter.encoding import encode
from sandbox.venice.painter.guidance import StyleGuide
from sandbox.venice.painter.painting import paint
from sandbox.venice.painter.retouching import cut_out, upscale_picture

__all__ = [
    "Brief",
    "EditBrief",
    "StyleGuide",
    "cut_out",
    "edit_picture",
    "encode",
    "paint",
    "upscale_picture",
]
