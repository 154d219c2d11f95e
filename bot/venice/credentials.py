"""Who pays: a header for every try."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Credentials(Protocol):
    """Makes the header by which the API knows the account."""

    def headers(self) -> Mapping[str, str]:
        """The header for one try; asked anew for each."""


@dataclass(frozen=True, slots=True)
class BearerKey:
    """An API key."""

    key: str = field(repr=False)

    def headers(self) -> Mapping[str, str]:
        """The same header for every try."""
        return {"Authorization": f"Bearer {self.key}"}
