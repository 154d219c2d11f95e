"""What holds the event loop is seen while it does, and named."""

import asyncio
import hashlib
import time
from collections.abc import Callable
from functools import partial

import pytest
import structlog
from prometheus_client import CollectorRegistry

from bot.ops.blocking_kind import BlockingKind, Call, kind_of
from bot.ops.loop_watch import Blockage, LoopWatch, reporting_to
from bot.ops.metrics import Metrics

GIVE_UP_S = 30.0
"""For a machine on which the watch's thread gets no turn at all."""


Hold = Callable[[Callable[[], bool]], None]
"""Holds the loop until what it is handed says that this was long enough."""


async def seen_while(hold: Hold, *, wanted: Callable[[Blockage], bool]) -> Blockage:
    """The blockage that is wanted, of those that the watch sees while a call holds the loop.

    The loop is held until the watch has looked, however long that takes it, and again if what
    it saw was something else.
    """
    blockages: list[Blockage] = []
    watch = LoopWatch(asyncio.get_running_loop(), monotonic=time.monotonic, report=blockages.append)
    gives_up_s = time.monotonic() + GIVE_UP_S

    def is_over(looks: int) -> bool:
        return watch.looks > looks or time.monotonic() > gives_up_s

    with watch.watching():
        while time.monotonic() < gives_up_s:
            hold(partial(is_over, watch.looks))
            await asyncio.sleep(0)
            for blockage in filter(wanted, tuple(blockages)):
                return blockage
    raise AssertionError(f"saw only {blockages}")


def hash_at_length(is_over: Callable[[], bool]) -> None:
    while not is_over():
        hashlib.pbkdf2_hmac("sha256", b"", b"", 20_000)


async def test_a_call_that_holds_the_loop_is_named_with_its_stack() -> None:
    blockage = await seen_while(
        hash_at_length, wanted=lambda blockage: blockage.kind is BlockingKind.HASHING
    )

    assert "hash_at_length" in [call.function for call in blockage.stack]
    assert blockage.held_s > 0


async def test_a_blockage_is_a_log_line_and_a_metric() -> None:
    metrics = Metrics(CollectorRegistry())
    here = Call("/bot/media/store.py", 7, "keep", "hashlib.sha256(body)")

    with structlog.testing.capture_logs() as lines:
        reporting_to(metrics.loop_blocked_s)(Blockage(BlockingKind.HASHING, 0.2, (here,)))

    [line] = lines
    assert (line["event"], line["kind"], line["held_ms"]) == ("loop_blocked", "hashing", 200)
    assert line["stack"] == ["/bot/media/store.py:7 keep: hashlib.sha256(body)"]
    counted = metrics.registry.get_sample_value(
        "gondola_loop_blocked_seconds_count", {"kind": "hashing"}
    )
    assert counted == 1


def stack(*calls: tuple[str, str]) -> tuple[Call, ...]:
    return tuple(Call(file, 1, "function", line) for file, line in calls)


OURS = ("/app/bot/media/thumbnails.py", "image = Image.open(path)")


@pytest.mark.parametrize(
    ("calls", "kind"),
    [
        ((OURS, ("/venv/PIL/WebPImagePlugin.py", "frame = decoder.next()")), "decoding"),
        ((("/app/bot/a.py", "x = base64.b64decode(text)"),), "decoding"),
        ((OURS, ("/venv/PIL/ImageDraw.py", "self.draw.draw_text()")), "drawing"),
        ((("/venv/matplotlib/axes.py", "self.plot()"),), "drawing"),
        ((("/app/bot/a.py", "name = sha256(content)"),), "hashing"),
        ((("/app/bot/a.py", "connection.execute(statement)"),), "sql"),
        ((("/venv/sqlalchemy/engine/default.py", "return compiled"),), "sql"),
        ((("/app/bot/a.py", "time.sleep(1)"),), "other"),
        ((("/app/a.py", "Image.open(path)"), ("/usr/lib/selectors.py", "poll()")), "idle"),
        ((("/usr/lib/python3.11/asyncio/base_events.py", "self._run_once()"),), "idle"),
        ((), "idle"),
    ],
)
def test_a_stack_is_named_by_its_innermost_known_call(
    calls: tuple[tuple[str, str], ...], kind: str
) -> None:
    assert kind_of(stack(*calls)) == kind
