"""Pictures that members bring, on their way into the picture store."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.errors import PictureGone
from bot.domain.tools.errors import PictureTooHeavy
from bot.domain.tools.picture_address import PictureAddress
from bot.domain.tools.picture_errors import (
    AddressNotAllowed,
    OfferExpired,
    PictureNotFetched,
    PictureTypeNotTaken,
)
from bot.domain.tools.source_limits import MOST_BYTES, OfferedPicture
from bot.media.input_images import InputImages
from bot.media.picture_store import PictureStore
from bot.services.tools.input_pictures import InputPictures
from bot.services.tools.offers import MOST_KEPT, Offers
from tests.clock import FakeClock

HOST = "cdn.discordapp.com"
URL = f"https://{HOST}/attachments/1/2/fox.png"


class Shelf:
    """Hands out what lies on it."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.asked: list[str] = []

    async def fetch(self, address: PictureAddress, *, most_bytes: int) -> bytes:
        self.asked.append(address.url)
        assert most_bytes == MOST_BYTES
        if address.url not in self.files:
            raise PictureNotFetched
        return self.files[address.url]


def png(*, width: int = 400, height: int = 300) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf({URL: png()})


@pytest.fixture
async def pictures(tmp_path: Path) -> PictureStore:
    store = PictureStore(tmp_path / "images", limit_bytes=10_000_000)
    await store.open()
    return store


@pytest.fixture
def inputs(shelf: Shelf, pictures: PictureStore) -> InputPictures:
    return InputPictures(fetcher=shelf, examiner=InputImages(), pictures=pictures, hosts=[HOST])


async def test_a_picture_is_kept_and_measured(
    inputs: InputPictures, pictures: PictureStore
) -> None:
    source = await inputs.take(OfferedPicture(url=URL))

    assert (source.width, source.height) == (400, 300)
    assert source.picture.content_type == "image/png"
    assert pictures.path_of(source.picture).read_bytes() == png()
    assert source.parent is None
    assert not source.known_safe


async def test_nothing_is_asked_of_other_hosts(inputs: InputPictures, shelf: Shelf) -> None:
    for url in ("https://example.com/fox.png", URL.replace("https", "http")):
        with pytest.raises(AddressNotAllowed):
            inputs.promised(OfferedPicture(url=url))
        with pytest.raises(AddressNotAllowed):
            await inputs.take(OfferedPicture(url=url))

    assert shelf.asked == []


async def test_what_discord_calls_too_large_is_not_fetched(
    inputs: InputPictures, shelf: Shelf
) -> None:
    offered = OfferedPicture(url=URL, size_bytes=MOST_BYTES + 1)

    with pytest.raises(PictureTooHeavy):
        inputs.promised(offered)
    with pytest.raises(PictureTooHeavy):
        await inputs.take(offered)

    assert shelf.asked == []


async def test_a_file_is_what_its_bytes_say(inputs: InputPictures, shelf: Shelf) -> None:
    shelf.files = {URL: b"GIF89a and so on"}

    with pytest.raises(PictureTypeNotTaken):
        await inputs.take(OfferedPicture(url=URL, content_type="image/png"))


async def test_a_picture_that_discord_no_longer_has(inputs: InputPictures, shelf: Shelf) -> None:
    shelf.files = {}

    with pytest.raises(PictureNotFetched):
        await inputs.take(OfferedPicture(url=URL))


def test_a_promise_is_what_discord_says(inputs: InputPictures) -> None:
    offered = OfferedPicture(
        url=URL, content_type="image/webp", size_bytes=9, width=640, height=480
    )

    source = inputs.promised(offered)

    assert (source.width, source.height, source.picture.size_bytes) == (640, 480, 9)
    assert not source.known_safe


class TestAPictureOfTheBotsOwn:
    offered = OfferedPicture(url=URL)

    async def test_is_brought_back_from_where_it_is_shown(
        self, inputs: InputPictures, pictures: PictureStore
    ) -> None:
        painted = (await inputs.take(self.offered)).picture
        await pictures.remove(painted)

        await inputs.bring_back(painted, self.offered)

        assert await pictures.has(painted)

    async def test_is_not_brought_back_as_another(
        self, inputs: InputPictures, shelf: Shelf
    ) -> None:
        painted = (await inputs.take(self.offered)).picture
        shelf.files = {URL: png(width=300)}

        with pytest.raises(PictureGone):
            await inputs.bring_back(painted, self.offered)

    async def test_that_is_shown_nowhere_is_gone(self, inputs: InputPictures, shelf: Shelf) -> None:
        painted = (await inputs.take(self.offered)).picture
        shelf.files = {}

        with pytest.raises(PictureGone):
            await inputs.bring_back(painted, self.offered)


class TestAnOffer:
    offered = OfferedPicture(url=URL)

    def test_is_remembered_for_a_quarter_of_an_hour(self) -> None:
        clock = FakeClock()
        offers = Offers(clock)
        offer_id = offers.keep(self.offered)

        clock.move(14 * 60 + 59)
        assert offers.get(offer_id) == self.offered

        clock.move(1)
        with pytest.raises(OfferExpired):
            offers.get(offer_id)

    def test_that_is_not_known_has_expired(self) -> None:
        with pytest.raises(OfferExpired):
            Offers(FakeClock()).get("of-an-earlier-life")

    def test_makes_room_for_newer_ones(self) -> None:
        offers = Offers(FakeClock())
        first, *others = [offers.keep(self.offered) for _ in range(MOST_KEPT + 1)]

        with pytest.raises(OfferExpired):
            offers.get(first)
        assert all(offers.get(each) for each in others)
