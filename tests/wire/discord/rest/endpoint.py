"""What all routes share: one request and one answer, without the web framework."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from tests.wire.discord.errors import invalid_form
from tests.wire.discord.json_types import JsonValue
from tests.wire.discord.multipart import RequestBody


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRequest:
    """A request that was let in."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: RequestBody

    def id(self, name: str) -> int:
        """An id out of the path.

        Raises:
            RequestRefused: if it is not a number.
        """
        if not self.path[name].isdecimal():
            raise invalid_form(f"{name} is not a snowflake")
        return int(self.path[name])

    def asks_for(self, name: str) -> bool:
        """Whether a switch in the query is on."""
        return self.query.get(name, "").lower() in {"1", "true"}


Handler = Callable[[ApiRequest], Awaitable[JsonValue]]
"""Answers a request with JSON, or with None where Discord answers 204 and no body."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One route, its placeholders named as in the published description.

    A route that carries its own token in its path does not ask for the bot's.
    """

    method: str
    route: str
    handler: Handler
    needs_bot_token: bool = True
