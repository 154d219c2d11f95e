"""Notice that the simulated world has changed, whoever changed it.

SimCord's page is told nothing: it shows what was last published to it. Gateway events alone would
miss the edit of an ephemeral message, which Discord announces to nobody. The transcript misses
nothing, since every event and every REST call is appended to it; so the transcript is watched.
"""

import asyncio
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

from simcord import Env

Entry: TypeAlias = tuple[str, str, Any]
"""What it was ("HTTP", "GATEWAY", or a note about either), its name, and its body."""

_AUTOCOMPLETE_RESULT: Final = 8
# An interaction shows nothing until it is answered, which is a REST call; nor is typing shown.
_UNSEEN_EVENTS: Final = frozenset({"INTERACTION_CREATE", "TYPING_START"})


class WorldWatch:
    """Counts the changes to an environment's world, and wakes who waits for the next one.

    A context manager: it watches while it is entered.
    """

    def __init__(self, env: Env) -> None:
        self._env = env
        self._version = 0
        self._changed = asyncio.Event()

    @property
    def version(self) -> int:
        """How many changes there were since the watch began."""
        return self._version

    async def wait_past(self, version: int) -> int:
        """Wait until there is a later version than the one given, and return it."""
        while self._version <= version:
            self._changed.clear()
            await self._changed.wait()
        return self._version

    def __enter__(self) -> Self:
        backend = self._env.backend
        backend.transcript = _WatchedList(backend.transcript, self._note)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        backend = self._env.backend
        backend.transcript = list(backend.transcript)

    def _note(self, entry: Entry) -> None:
        if _may_show(entry):
            self._version += 1
            self._changed.set()


class _WatchedList(list[Entry]):
    """A transcript that tells of each entry appended to it."""

    def __init__(self, entries: Iterable[Entry], tell: Callable[[Entry], None]) -> None:
        super().__init__(entries)
        self._tell = tell

    def append(self, entry: Entry, /) -> None:
        super().append(entry)
        self._tell(entry)


def _may_show(entry: Entry) -> bool:
    """Whether an entry can have changed what somebody sees."""
    kind, name, body = entry
    if kind == "GATEWAY":
        return name not in _UNSEEN_EVENTS
    if kind == "HTTP":
        is_suggestion = (
            name.endswith("/callback")
            and isinstance(body, dict)
            and body.get("type") == _AUTOCOMPLETE_RESULT
        )
        return not name.startswith("GET ") and not is_suggestion
    return False
