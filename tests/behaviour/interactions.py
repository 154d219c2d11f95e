"""What Discord says in an interaction and the simulation does not: limits, and as whose app."""

from collections.abc import Callable
from typing import Any

import discord
import pytest


class Altered:
    """Fields that every interaction has, over what the simulation gives it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fields: dict[str, Any] = {}
        monkeypatch.setattr(discord.Interaction, "_from_data", self._reader())

    def file_limit(self, limit_bytes: int) -> None:
        """Files may have that many bytes from now on."""
        self.fields["attachment_size_limit"] = limit_bytes

    def brought_along_by(self, user_id: int) -> None:
        """A member has installed the bot for themselves; the server has not."""
        self.fields["authorizing_integration_owners"] = {"1": f"{user_id}"}

    def _reader(self) -> Callable[[discord.Interaction, Any], None]:
        read, fields = discord.Interaction._from_data, self.fields

        def read_altered(interaction: discord.Interaction, data: Any) -> None:
            altered: Any = {**data, **fields}
            read(interaction, altered)

        return read_altered
