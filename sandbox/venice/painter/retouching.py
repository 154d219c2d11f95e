"""The same picture, larger or without its background."""

from PIL import Image, ImageChops, ImageDraw, ImageFilter

MASK_SIDE_PX = 320
TOLERANCE = 38
"""How far a colour may be from the border's, summed over the channels, to count as background."""

LEAST_SUBJECT = 0.03
MOST_SUBJECT = 0.8
COHERENT_SHARE = 0.75
"""How much of what is left must hang together, clear of the border."""

MOST_SPECKS = 12
BORDER_STOPS = 7
_MARK = 255
_SEEN = 128


def upscale_picture(
    picture: Image.Image, *, width: int, height: int, sharpness: float
) -> Image.Image:
    """The picture in another size; `sharpness` from 0 to 1 adds texture."""
    larger = picture.convert(_plain_mode(picture)).resize((width, height), Image.Resampling.BICUBIC)
    if sharpness == 0:
        return larger
    return larger.filter(ImageFilter.UnsharpMask(radius=2, percent=round(60 * sharpness)))


def cut_out(picture: Image.Image) -> Image.Image:
    """The picture's subject on a transparent ground.

    What flows in from the border in similar colours is background. Where that leaves no single
    thing, the ground was not plain, and a medallion around what is most striking is kept.
    """
    small = picture.convert("RGB")
    small.thumbnail((MASK_SIDE_PX, MASK_SIDE_PX))
    small = small.filter(ImageFilter.MedianFilter(5))
    mask = _flooded(small)
    if not _is_one_thing(mask):
        mask = _medallion(small)
    soft = mask.filter(ImageFilter.GaussianBlur(1.2)).resize(picture.size, Image.Resampling.BICUBIC)
    cut = picture.convert("RGBA")
    cut.putalpha(ImageChops.multiply(cut.getchannel("A"), soft))
    return cut


def _plain_mode(picture: Image.Image) -> str:
    return "RGBA" if picture.has_transparency_data else "RGB"


def _flooded(small: Image.Image) -> Image.Image:
    """White where the subject is: what the flood from the border did not reach."""
    key = _absent_colour(small)
    ground = small.copy()
    right, bottom = ground.width - 1, ground.height - 1
    for stop in range(BORDER_STOPS):
        x, y = right * stop // (BORDER_STOPS - 1), bottom * stop // (BORDER_STOPS - 1)
        for point in ((x, 0), (x, bottom), (0, y), (right, y)):
            if ground.getpixel(point) != key:
                ImageDraw.floodfill(ground, point, key, thresh=TOLERANCE)
    difference = ImageChops.difference(ground, Image.new("RGB", ground.size, key))
    channels = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return most.point([0] + [_MARK] * 255)


def _absent_colour(small: Image.Image) -> tuple[int, int, int]:
    """A colour that the picture does not have, to mark the flood with."""
    present = {colour for _, colour in small.getcolors(small.width * small.height) or ()}
    return next((255, 0, blue) for blue in range(256) if (255, 0, blue) not in present)


def _is_one_thing(mask: Image.Image) -> bool:
    """Whether most of the mask hangs together and keeps clear of the border."""
    area = mask.width * mask.height
    whole = mask.histogram()[_MARK]
    if not LEAST_SUBJECT <= whole / area <= MOST_SUBJECT:
        return False
    inside = mask.copy()
    edge = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(inside).rectangle(edge, outline=0, width=3)
    if inside.histogram()[_MARK] < whole * COHERENT_SHARE:
        return False
    for _ in range(MOST_SPECKS):
        start = inside.tobytes().find(_MARK)
        if start < 0:
            return False
        ImageDraw.floodfill(inside, (start % mask.width, start // mask.width), _SEEN)
        if inside.histogram()[_SEEN] >= whole * COHERENT_SHARE:
            return True
        inside = inside.point([0 if level == _SEEN else level for level in range(256)])
    return False


def _medallion(small: Image.Image) -> Image.Image:
    """A rounded shape around the part that differs most from its surroundings."""
    surroundings = small.filter(ImageFilter.GaussianBlur(30))
    red, green, blue = ImageChops.difference(small, surroundings).split()
    striking = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    side = 12
    weights = striking.resize((side, side), Image.Resampling.BOX).tobytes()
    best = weights.index(max(weights))
    x, y = (best % side + 0.5) / side, (best // side + 0.5) / side
    radius = min(small.size) * 0.4
    centre = (
        min(max(x * small.width, radius), small.width - radius),
        min(max(y * small.height, radius), small.height - radius),
    )
    mask = Image.new("L", small.size)
    left, top = centre[0] - radius, centre[1] - radius
    box = (left, top, left + radius * 2, top + radius * 2)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius=radius * 0.9, fill=_MARK)
    return mask
