"""The loop watch: sees from a thread of its own what holds the event loop, while it does.

The thread asks the loop for a sign of life again and again. Where none comes in time, it looks
at the stack of the loop's thread. A loop that is merely late, because the machine gave it no
turn, is found with no callback on its stack and is not reported.
"""

import asyncio
import contextlib
import linecache
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType

import structlog
from prometheus_client import Histogram

from bot.ops.blocking_kind import BlockingKind, Call, kind_of

log = structlog.get_logger(__name__)

PATIENCE_S = 0.04
ASK_EVERY_S = 0.01
"""Together 50 ms: whatever holds the loop for longer is seen, and nothing under 40 ms."""

SHOWN_CALLS = 12

_STOP_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class Blockage:
    """One time that the loop was held. `stack` is the first look at it, outermost call first."""

    kind: BlockingKind
    held_s: float
    stack: tuple[Call, ...]


class LoopWatch:
    """Watches a loop.

    Args:
        loop: the loop; it runs in the thread that enters `watching`.
        monotonic: time.
        report: told of each blockage, from the watch's own thread, once it is over.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        *,
        monotonic: Callable[[], float],
        report: Callable[[Blockage], None],
    ) -> None:
        self._loop = loop
        self._monotonic = monotonic
        self._report = report
        self._stopped = threading.Event()
        self._alive = threading.Event()
        self.looks = 0
        """How many times the stack was looked at."""

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the loop until the end of the block."""
        thread = threading.Thread(
            target=self._watch, args=(threading.get_ident(),), name="loop-watch", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            self._alive.set()
            thread.join(_STOP_TIMEOUT_S)

    def _watch(self, thread_id: int) -> None:
        while not self._stopped.wait(ASK_EVERY_S):
            asked_s = self._monotonic()
            self._alive.clear()
            try:
                self._loop.call_soon_threadsafe(self._alive.set)
            except RuntimeError:  # the loop was closed
                return
            if not self._alive.wait(PATIENCE_S):
                self._look(thread_id, asked_s)

    def _look(self, thread_id: int, asked_s: float) -> None:
        stack = _stack_of(sys._current_frames().get(thread_id))  # noqa: SLF001 - documented; the only way to see another thread
        self.looks += 1
        self._alive.wait()
        kind = kind_of(stack)
        if kind is not BlockingKind.IDLE and not self._stopped.is_set():
            self._report(Blockage(kind, self._monotonic() - asked_s, stack))


def reporting_to(blocked_s: Histogram) -> Callable[[Blockage], None]:
    """Report each blockage as a log line and in a metric."""

    def report(blockage: Blockage) -> None:
        blocked_s.labels(blockage.kind).observe(blockage.held_s)
        log.warning(
            "loop_blocked",
            kind=blockage.kind,
            held_ms=round(blockage.held_s * 1_000),
            stack=[
                f"{call.file}:{call.line_number} {call.function}: {call.line}"
                for call in blockage.stack[-SHOWN_CALLS:]
            ],
        )

    return report


def _stack_of(frame: FrameType | None) -> tuple[Call, ...]:
    """The calls of a running stack, the outermost first; read while it goes on."""
    calls: list[Call] = []
    while frame is not None:
        code, number = frame.f_code, frame.f_lineno or 0
        line = linecache.getline(code.co_filename, number, frame.f_globals).strip()
        calls.append(Call(code.co_filename, number, code.co_name, line))
        frame = frame.f_back
    return tuple(reversed(calls))
