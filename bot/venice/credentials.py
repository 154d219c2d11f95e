"""Who pays: headers for every try."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

HIDDEN = "[hidden]"


class Credentials(Protocol):
    """Makes the headers by which the API knows the account."""

    @property
    def most_in_flight(self) -> int | None:
        """How many requests may be open at once; None where the API sets no such limit."""

    async def headers(self) -> Mapping[str, str]:
        """The headers for one try; asked anew for each."""

    def redacted(self, text: str) -> str:
        """A text without the secret, should the API ever repeat it."""


@dataclass(frozen=True, slots=True)
class BearerKey:
    """An API key."""

    key: str = field(repr=False)

    @property
    def most_in_flight(self) -> int | None:
        """The API sets no such limit on keys."""
        return None

    async def headers(self) -> Mapping[str, str]:
        """The same header for every try."""
        return {"Authorization": f"Bearer {self.key}"}

    def redacted(self, text: str) -> str:
        """The text without the key."""
        return text.replace(self.key, HIDDEN) if self.key else text


@dataclass(frozen=True, slots=True)
class NoCredentials:
    """Nobody: for the routes that need no account."""

    @property
    def most_in_flight(self) -> int | None:
        """There is nothing to limit."""
        return None

    async def headers(self) -> Mapping[str, str]:
        """None."""
        return {}

    def redacted(self, text: str) -> str:
        """The text: there is no secret."""
        return text
