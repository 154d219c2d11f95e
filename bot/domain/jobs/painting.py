"""A painted picture: its bytes, held where there was room for them, and what the API said of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.domain.gate.policy import SafetySignals


class PictureBody(Protocol):
    """The bytes of a picture, in memory or in a temporary file; whoever has it closes it."""

    @property
    def content_type(self) -> str:
        """What the bytes are, read from the bytes themselves: image/webp, image/png, image/jpeg."""

    @property
    def size_bytes(self) -> int:
        """How many bytes there are."""

    def write_to(self, path: Path) -> str:
        """Write the bytes to a new file and return their SHA-256 in hex. For a thread.

        Raises:
            OSError: if they cannot be written.
        """

    async def read(self) -> bytes:
        """All the bytes."""

    async def aclose(self) -> None:
        """Let go of the bytes."""


@dataclass(frozen=True, slots=True)
class Painting:
    """One painted picture. `duration_ms` runs from the request's start to its last byte."""

    body: PictureBody
    signals: SafetySignals
    request_id: str | None
    duration_ms: int
    enhanced_prompt: str | None = None
