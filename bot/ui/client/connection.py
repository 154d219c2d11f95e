"""The connection to Discord, as the messenger uses it from outside the client's own tasks."""

import asyncio
import contextvars
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

import discord

_Result = TypeVar("_Result")


class Connection(Protocol):
    """An open client and the context in which its calls must run."""

    @property
    def client(self) -> discord.Client:
        """The client."""

    @property
    def is_open(self) -> bool:
        """Whether the client has logged in, so that it can send."""

    async def wait_until_open(self) -> None:
        """Wait until the client has logged in."""

    async def run(self, call: Coroutine[Any, Any, _Result]) -> _Result:
        """Run a call in the client's context and wait for it."""


class ClientConnection:
    """A client's connection, open from its login on.

    It is made before the client, because what sends through it is handed to the client's
    commands. discord.py keeps the transport of webhook calls in a context variable, so a call
    from a worker's task must run in the context of the client's own tasks.
    """

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._context = contextvars.Context()
        self._client: discord.Client | None = None

    @property
    def client(self) -> discord.Client:
        """The client.

        Raises:
            RuntimeError: if it has not logged in yet.
        """
        if self._client is None:
            raise RuntimeError("the client has not logged in yet")
        return self._client

    @property
    def is_open(self) -> bool:
        """Whether the client has logged in."""
        return self._open.is_set()

    def opened(self, client: discord.Client) -> None:
        """Say, from within the client's own task, that it has logged in."""
        self._client = client
        self._context = contextvars.copy_context()
        self._open.set()

    async def wait_until_open(self) -> None:
        """Wait until the client has logged in."""
        await self._open.wait()

    async def run(self, call: Coroutine[Any, Any, _Result]) -> _Result:
        """Run a call as a task in the client's context; cancelling the caller cancels it."""
        loop = asyncio.get_running_loop()
        return await loop.create_task(call, context=self._context.copy())
