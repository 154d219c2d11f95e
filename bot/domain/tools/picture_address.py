"""Which addresses the bot fetches pictures from: Discord's own, and no others.

A member can put any address into an embed. The bot must not be made to call what only it can
reach (SSRF), so that an address is compared as a whole: scheme, host, port.
"""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain.tools.picture_errors import AddressNotAllowed

_SCHEME = "https"
_ODD = frozenset("\\ ")
"""What readers of addresses take differently, as they do control characters."""


@dataclass(frozen=True, slots=True)
class PictureAddress:
    """The address of a picture at one of Discord's CDN hosts. `allowed_address` makes it."""

    url: str


def allowed_address(url: str, *, hosts: Collection[str]) -> PictureAddress:
    """An address that the bot may fetch.

    Raises:
        AddressNotAllowed: if it is not https, names another host or a port, or carries a login.
    """
    if _ODD & {*url} or not (url.isascii() and url.isprintable()):
        raise AddressNotAllowed
    try:
        parts = urlsplit(url)
    except ValueError:
        raise AddressNotAllowed from None
    # The whole of it: a port, also an empty one, or a login makes it another.
    if parts.scheme != _SCHEME or parts.netloc.lower() not in hosts:
        raise AddressNotAllowed
    return PictureAddress(url)
