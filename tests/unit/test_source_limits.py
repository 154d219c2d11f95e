"""Which pictures and addresses of members are taken, told from what is known of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tools.errors import PictureTooHeavy, PictureTooLarge
from bot.domain.tools.picture_address import allowed_address
from bot.domain.tools.picture_errors import AddressNotAllowed, PictureTypeNotTaken
from bot.domain.tools.source_limits import (
    OfferedPicture,
    SourceType,
    check_offered,
    taken_type,
    type_of,
)

HOSTS = ("cdn.discordapp.com", "media.discordapp.net")
URL = "https://cdn.discordapp.com/attachments/1/2/a.png"


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.discordapp.com/attachments/1/2/a.png",
        "https://media.discordapp.net/attachments/1/2/a.png?ex=1&is=2&hm=3&",
        "https://cdn.discordapp.com/ephemeral-attachments/1/2/%C3%A4.webp",
    ],
)
def test_pictures_on_discord_are_fetched(url: str) -> None:
    assert allowed_address(url, hosts=HOSTS).url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.discordapp.com/a.png",
        "https://example.com/a.png",
        "https://cdn.discordapp.com.example.com/a.png",
        "https://cdn.discordapp.com@example.com/a.png",
        "https://me:secret@cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com:8443/a.png",
        "https://cdn.discordapp.com:port/a.png",
        "https://cdn.discordapp.com:/a.png",
        "\0https://cdn.discordapp.com/a.png",
        "https://example.com\\@cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com\t/a.png",
        "https://cdn.discordapp.com./a.png",
        "https://127.0.0.1/a.png",
        "https://[::1]/a.png",
        "https://[::1",
        "https://cdn。discordapp。com/a.png",
        "file:///etc/passwd",
        "//cdn.discordapp.com/a.png",
        "",
    ],
)
def test_nothing_else_is_fetched(url: str) -> None:
    with pytest.raises(AddressNotAllowed):
        allowed_address(url, hosts=HOSTS)


@given(st.text())
def test_no_text_makes_the_rule_of_addresses_fail(url: str) -> None:
    try:
        address = allowed_address(url, hosts=HOSTS)
    except AddressNotAllowed:
        return
    assert address.url.lower().startswith(tuple(f"https://{host}" for host in HOSTS))


@pytest.mark.parametrize(
    ("beginning", "found"),
    [
        (b"GIF89a", "image/gif"),
        (b"\x00\x00\x00\x1cftypheic", "image/heic"),
        (b"\x00\x00\x00\x1cftypavif", "image/avif"),
        (b"\x00\x00\x00\x1cftypisom", "video/mp4"),
        (b"%PDF-1.7", "application/pdf"),
        (b"RIFF\x00\x00\x00\x00WAVE", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_refusal_names_what_the_file_is(beginning: bytes, found: str) -> None:
    with pytest.raises(PictureTypeNotTaken) as refused:
        taken_type(beginning)

    assert refused.value.found == found


@given(st.binary(max_size=64))
def test_every_file_has_a_type(data: bytes) -> None:
    assert "/" in type_of(data)


@pytest.mark.parametrize("kind", [*SourceType, None, "application/octet-stream"])
def test_what_discord_cannot_name_is_looked_at(kind: str | None) -> None:
    check_offered(OfferedPicture(url=URL, content_type=kind))


@pytest.mark.parametrize(
    ("offered", "refusal"),
    [
        (OfferedPicture(url=URL, content_type="image/gif"), PictureTypeNotTaken),
        (OfferedPicture(url=URL, content_type="text/plain; charset=utf-8"), PictureTypeNotTaken),
        (OfferedPicture(url=URL, size_bytes=25 * 1024 * 1024), PictureTooHeavy),
        (OfferedPicture(url=URL, width=7_681, height=4_320), PictureTooLarge),
    ],
)
def test_what_discord_says_of_a_file_can_refuse_it(
    offered: OfferedPicture, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        check_offered(offered)


def test_bounds_are_themselves_allowed() -> None:
    check_offered(
        OfferedPicture(url=URL, size_bytes=25 * 1024 * 1024 - 1, width=7_680, height=4_320)
    )
