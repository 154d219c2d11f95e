"""Pictures that members bring: taken as they are, made bare and upright, or refused."""

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.domain.errors import MemberError
from bot.domain.tools.errors import PictureTooHeavy, PictureTooLarge, PictureUnreadable
from bot.domain.tools.picture_errors import PictureAnimated, PictureTypeNotTaken
from bot.media.input_images import InputImages, fit_picture

SIZE = (320, 256)
ORIENTATION, GPS_INFO, MAKE = 0x0112, 0x8825, 0x010F
TYPES = ("PNG", "JPEG", "WEBP")

every_type = pytest.mark.parametrize("kind", TYPES)


def drawn(size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new(mode, size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture


def written(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[ORIENTATION] = orientation
    data[MAKE] = "A camera with a name"
    data.get_ifd(GPS_INFO)[1] = "N"
    data.get_ifd(GPS_INFO)[2] = (45.0, 26.0, 3.0)
    return data


def is_red(picture: Image.Image, *, at: tuple[int, int]) -> bool:
    left, top = at
    dot = picture.convert("RGB").crop((left, top, left + 1, top + 1))
    red, _, blue = dot.tobytes()
    return red > blue + 150


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@every_type
def test_a_picture_without_metadata_is_left_as_it_is(kind: str) -> None:
    data = written(drawn(), kind)

    fit = fit_picture(data)

    assert fit.data == data
    assert (fit.width, fit.height) == SIZE
    assert fit.content_type == f"image/{kind.lower()}"


def test_a_progressive_photograph_is_left_as_it_is() -> None:
    data = written(drawn(), "JPEG", progressive=True)

    assert fit_picture(data).data == data


@every_type
def test_where_a_photograph_was_taken_is_not_passed_on(kind: str) -> None:
    data = written(drawn(), kind, exif=exif())

    fit = fit_picture(data)

    assert b"A camera with a name" not in fit.data
    assert not opened(fit.data).getexif()
    assert opened(fit.data).size == SIZE


def test_a_webp_loses_nothing_but_its_metadata() -> None:
    picture = Image.effect_noise(SIZE, 60).convert("RGB")

    fit = fit_picture(written(picture, "WEBP", exif=exif()))

    assert opened(fit.data).tobytes() == opened(written(picture, "WEBP")).tobytes()


def test_a_photograph_does_not_grow_by_being_written_anew() -> None:
    data = written(Image.effect_noise(SIZE, 60).convert("RGB"), "JPEG", quality=60, exif=exif())

    assert len(fit_picture(data).data) <= len(data)


@every_type
def test_what_stands_behind_a_picture_is_not_passed_on(kind: str) -> None:
    data = written(drawn(), kind) + b"and a secret"

    assert b"secret" not in fit_picture(data).data


def test_comments_are_not_passed_on() -> None:
    info = PngInfo()
    info.add_text("Author", "Marco Polo")
    png = written(drawn(), "PNG", pnginfo=info)
    jpeg = written(drawn(), "JPEG", comment="by Marco Polo")

    assert b"Marco Polo" not in fit_picture(png).data
    assert b"Marco Polo" not in fit_picture(jpeg).data


@every_type
def test_a_picture_lying_on_its_side_is_set_upright(kind: str) -> None:
    turned_right = 6
    lying = drawn().rotate(90, expand=True)

    fit = fit_picture(written(lying, kind, exif=exif(turned_right)))

    assert (fit.width, fit.height) == SIZE
    assert is_red(opened(fit.data), at=(10, 100))
    assert not is_red(opened(fit.data), at=(310, 100))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_is_kept(kind: str) -> None:
    clear = Image.new("RGBA", SIZE, (0, 0, 0, 0))

    fit = fit_picture(written(clear, kind, exif=exif()))

    assert opened(fit.data).convert("RGBA").getchannel("A").getextrema() == (0, 0)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused(kind: str) -> None:
    frames = [drawn(), Image.new("RGB", SIZE, "green")]
    data = written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)

    with pytest.raises(PictureAnimated):
        fit_picture(data)


def test_a_gif_is_refused_whatever_its_name_says() -> None:
    with pytest.raises(PictureTypeNotTaken) as refused:
        fit_picture(written(drawn(), "GIF"))

    assert refused.value.found == "image/gif"


def test_a_file_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(PictureTooHeavy):
        fit_picture(written(drawn(), "PNG") + bytes(25 * 1024 * 1024))


def png_that_announces(width: int, height: int) -> bytes:
    """A small file with a header of any size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )


@pytest.mark.parametrize("side", [6_000, 12_000, 65_000, 2**31 - 1])
def test_a_bomb_is_refused_by_its_header(side: int) -> None:
    with pytest.raises(PictureTooLarge):
        fit_picture(png_that_announces(side, side))


def test_a_webp_that_announces_far_too_many_pixels_is_refused() -> None:
    canvas = (16_000 - 1).to_bytes(3, "little") * 2
    extended = b"VP8X" + struct.pack("<I", 10) + bytes(4) + canvas
    with pytest.raises(PictureUnreadable):
        fit_picture(b"RIFF" + struct.pack("<I", 4 + len(extended)) + b"WEBP" + extended)


def test_a_header_that_announces_more_than_there_is_is_refused() -> None:
    with pytest.raises(PictureUnreadable):
        fit_picture(png_that_announces(1_000, 1_000))


@pytest.mark.parametrize("text_bytes", [200_000_000])
def test_a_text_that_unpacks_without_end_is_refused(text_bytes: int) -> None:
    bomb = b"key\x00\x00" + zlib.compress(bytes(text_bytes), 9)
    chunk = struct.pack(">I", len(bomb)) + b"zTXt" + bomb
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + bomb))
    data = written(drawn(), "PNG")

    with pytest.raises(PictureUnreadable):
        fit_picture(data[:33] + chunk + data[33:])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(kind=st.sampled_from(TYPES), share=st.floats(0, 0.5))
def test_a_file_that_breaks_off_is_refused(kind: str, share: float) -> None:
    data = written(drawn((32, 32)), kind)

    with pytest.raises(MemberError):
        fit_picture(data[: int(len(data) * share)])


@pytest.mark.filterwarnings("ignore:.*:UserWarning")
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    kind=st.sampled_from(TYPES),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6),
    behind=st.binary(max_size=40),
)
def test_a_damaged_file_is_taken_bare_or_refused(
    kind: str, changes: list[tuple[int, int]], behind: bytes
) -> None:
    data = bytearray(written(drawn((32, 32)), kind, exif=exif()) + behind)
    for at, value in changes:
        data[at % len(data)] = value

    try:
        fit = fit_picture(bytes(data))
    except MemberError:
        return
    assert b"A camera with a name" not in fit.data
    assert opened(fit.data).size == (fit.width, fit.height)


async def test_a_fit_picture_can_be_kept(tmp_path: Path) -> None:
    data = written(drawn(), "PNG")
    fit = await InputImages().fit(data)

    sha256 = fit.write_to(tmp_path / "kept")

    assert sha256 == hashlib.sha256(data).hexdigest()
    assert (tmp_path / "kept").read_bytes() == await fit.read() == data
    assert fit.size_bytes == len(data)
    await fit.aclose()
