"""REST calls to the loopback Discord without a library in between."""

import io
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from tests.wire.discord import LoopbackDiscord
from tests.wire.discord.json_types import JsonObject, JsonValue


@dataclass(frozen=True)
class Answer:
    """What came back; `body` is empty where there was none."""

    status: int
    body: JsonObject

    @property
    def refusal(self) -> tuple[int, JsonValue]:
        """Status and Discord's error code."""
        return self.status, self.body.get("code")


class RawCaller:
    """Sends what it is told, right or wrong."""

    def __init__(self, server: LoopbackDiscord, session: aiohttp.ClientSession) -> None:
        self._server = server
        self._session = session

    async def call(
        self,
        method: str,
        path: str,
        payload: JsonValue = None,
        *,
        files: Mapping[str, bytes] | None = None,
        token: str | None = None,
    ) -> Answer:
        """Send JSON or, with files, a form; as the bot unless another token is given."""
        async with self._session.request(
            method,
            self._server.api_url + path,
            data=_form(payload, files) if files else json.dumps(payload),
            headers={
                "Authorization": f"Bot {token or self._server.token}",
                **({} if files else {"Content-Type": "application/json"}),
            },
        ) as response:
            body = await response.json() if response.status != 204 else {}
        return Answer(response.status, body if isinstance(body, dict) else {"list": body})


@asynccontextmanager
async def raw_caller(server: LoopbackDiscord) -> AsyncIterator[RawCaller]:
    """A caller whose connections are closed in the end."""
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield RawCaller(server, session)


def _form(payload: JsonValue, files: Mapping[str, bytes]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", json.dumps(payload))
    for number, (filename, data) in enumerate(files.items()):
        form.add_field(f"files[{number}]", io.BytesIO(data), filename=filename)
    return form
