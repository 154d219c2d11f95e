"""The browser's side of SimCord's preview protocol, without a browser."""

import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp
from yarl import URL

Receipt = dict[str, Any]


class PreviewClient:
    """One tab: it acts on the publication that it saw last, which may be an old one."""

    def __init__(self, http: aiohttp.ClientSession, page: dict[str, Any]) -> None:
        self._http = http
        self._page = page
        self._sequence = 0

    @classmethod
    async def open(cls, http: aiohttp.ClientSession) -> Self:
        async with http.post("/api/pages", json={}) as answer:
            assert answer.status == 200
            page = await answer.json()
        http.headers["X-Simcord-Context"] = page["context"]["id"]
        return cls(http, page)

    @property
    def revision(self) -> int:
        return int(self._page["publishedRevision"])

    @property
    def messages(self) -> dict[str, dict[str, Any]]:
        return dict(self._page["messages"])

    async def look(self) -> None:
        async with self._http.get("/api/state") as answer:
            self._page = await answer.json()

    async def act(self, kind: str, *, file: bytes | None = None, **what: object) -> Receipt:
        envelope = {
            **what,
            "protocol_version": 3,
            "sequence": self._sequence + 1,
            "request_id": str(uuid.uuid4()),
            "generation": self._page["context"]["generation"],
            "bot_generation": self._page["botGeneration"],
            "published_revision": self.revision,
            "kind": kind,
        }
        # As JSON.stringify writes it.
        body = json.dumps(envelope, separators=(",", ":"))
        data: aiohttp.FormData | str = body
        if file is not None:
            data = aiohttp.FormData()
            data.add_field("payload", body)
            data.add_field("file:reference", file, filename="reference.png")
        async with self._http.post("/api/action", data=data) as answer:
            assert answer.status == 200
            receipt: Receipt = await answer.json()
        self._sequence = receipt["expectedSequence"]
        return receipt

    async def run_paint(self, *, file: bytes | None = None, **options: object) -> Receipt:
        async with self._http.get("/api/commands") as answer:
            [entry] = (await answer.json())["entries"]
        return await self.act(
            "run_command",
            file=file,
            command_id=entry["commandId"],
            path=entry["path"],
            schema_fingerprint=entry["schemaFingerprint"],
            options=options,
        )


@asynccontextmanager
async def visit(url: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A session that has opened the demo's address, and sends the key from it along."""
    address = URL(url)
    async with aiohttp.ClientSession(
        base_url=address.origin(),
        headers={"X-Simcord-Capability": address.fragment},
        timeout=aiohttp.ClientTimeout(total=20),
    ) as http:
        yield http
