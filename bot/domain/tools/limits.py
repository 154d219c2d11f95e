"""What the image API takes as input, and how large a picture it makes.

Venice's published contract: a picture has at least 65,536 pixels for editing and upscaling, an
edit's input at most 33,177,600, and any input less than 25 MiB. An upscaled picture has at most
16,777,216 pixels: the API reduces the scale rather than refuse.
"""

from math import sqrt

from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.models.image_model import ImageModel
from bot.domain.sizing import PixelSize
from bot.domain.tools.errors import (
    AlreadyLargest,
    PictureCountWrong,
    PictureTooHeavy,
    PictureTooLarge,
    PictureTooSmall,
    TooManyReferences,
)
from bot.domain.tools.request import (
    FEWEST_BLENDED,
    MOST_BLENDED,
    BlendRequest,
    CutOutRequest,
    EditRequest,
    Scale,
    SourcePicture,
    ToolRequest,
    UpscaleRequest,
)

LEAST_INPUT_PX = 65_536
MOST_EDITED_PX = 33_177_600
MOST_UPSCALED_PX = 16_777_216
INPUT_BYTES_BELOW = 25 * 1024 * 1024
REFERENCE_BYTES_BELOW = 8 * 1024 * 1024

SCALES: tuple[Scale, ...] = (2, 4)


def check_sources(request: ToolRequest) -> None:
    """See whether the API takes the pictures of a request.

    Raises:
        PictureCountWrong: if it is not two to six that are to be blended.
        PictureTooSmall, PictureTooLarge, PictureTooHeavy: by its limits.
        AlreadyLargest: if upscaling would make nothing larger.
    """
    match request:
        case BlendRequest(sources=sources):
            if not FEWEST_BLENDED <= len(sources) <= MOST_BLENDED:
                raise PictureCountWrong(len(sources), FEWEST_BLENDED, MOST_BLENDED)
            for source in sources:
                _check_edited(source)
        case EditRequest(source=source):
            _check_edited(source)
        case UpscaleRequest(source=source, scale=scale):
            _check_bytes(source)
            _check_smallest(source)
            if scale not in useful_scales(source):
                raise AlreadyLargest(source.width, source.height)
        case CutOutRequest(source=source):
            _check_bytes(source)


def check_references(model: ImageModel, references: tuple[StoredPicture, ...]) -> None:
    """See whether a model that takes style references takes these.

    Raises:
        TooManyReferences: if it takes fewer.
        PictureTooHeavy: if one has too many bytes.
    """
    if not model.max_style_references:
        return
    if len(references) > model.max_style_references:
        raise TooManyReferences(len(references), model.max_style_references)
    for reference in references:
        if reference.size_bytes >= REFERENCE_BYTES_BELOW:
            raise PictureTooHeavy(reference.size_bytes, REFERENCE_BYTES_BELOW)


def upscaled_size(source: SourcePicture, scale: Scale) -> PixelSize:
    """The size of the upscaled picture; below `scale` times where that would be too large."""
    factor = min(scale, sqrt(MOST_UPSCALED_PX / source.area_px))
    return PixelSize(int(source.width * factor), int(source.height * factor))


def useful_scales(source: SourcePicture) -> tuple[Scale, ...]:
    """The scales of which each makes a larger picture than the one below it."""
    useful: list[Scale] = []
    largest_px = source.area_px
    for scale in SCALES:
        area_px = upscaled_size(source, scale).area
        if area_px > largest_px:
            useful.append(scale)
            largest_px = area_px
    return tuple(useful)


def _check_edited(source: SourcePicture) -> None:
    _check_bytes(source)
    _check_smallest(source)
    if source.area_px > MOST_EDITED_PX:
        raise PictureTooLarge(source.width, source.height, MOST_EDITED_PX)


def _check_smallest(source: SourcePicture) -> None:
    if source.area_px < LEAST_INPUT_PX:
        raise PictureTooSmall(source.width, source.height, LEAST_INPUT_PX)


def _check_bytes(source: SourcePicture) -> None:
    if source.picture.size_bytes >= INPUT_BYTES_BELOW:
        raise PictureTooHeavy(source.picture.size_bytes, INPUT_BYTES_BELOW)
