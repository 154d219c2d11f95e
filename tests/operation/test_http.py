"""What is served to the operator's tools."""

import json
import socket

import aiohttp
import pytest
from prometheus_client import CollectorRegistry, Counter

from bot.ops.health import Finding
from bot.ops.http import PortUnavailable, operations_app, serving
from tests.operation.ports import free_port

WELL = Finding("database", passes=True, detail="answers")
BROKEN = Finding("gateway", passes=False, detail="not connected")


async def get(path: str, *findings: Finding) -> tuple[int, str]:
    """Serve what the checks found, and ask once."""
    registry = CollectorRegistry()
    refreshes = Counter("refreshes", "How often.", registry=registry)

    async def look() -> tuple[Finding, ...]:
        return findings

    async def refresh() -> None:
        refreshes.inc()

    app = operations_app(look=look, refresh=refresh, registry=registry)
    port = free_port()
    async with (
        serving(app, host="127.0.0.1", port=port),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_process_that_answers_is_alive_however_little_is_ready() -> None:
    assert await get("/healthz", BROKEN) == (200, '{"alive": true}')


async def test_all_checks_passing_is_ready() -> None:
    status, body = await get("/readyz", WELL)

    assert status == 200
    assert json.loads(body) == {
        "ready": True,
        "checks": {"database": {"passes": True, "detail": "answers"}},
    }


async def test_one_failing_check_is_not_ready_and_is_named() -> None:
    status, body = await get("/readyz", WELL, BROKEN)

    assert status == 503
    answer = json.loads(body)
    assert answer["ready"] is False
    assert answer["checks"]["gateway"] == {"passes": False, "detail": "not connected"}


async def test_the_metrics_are_brought_up_to_date_before_they_are_shown() -> None:
    status, body = await get("/metrics")

    assert status == 200
    assert "refreshes_total 1.0" in body


async def test_nothing_else_is_served() -> None:
    assert (await get("/"))[0] == 404


async def test_a_port_in_use_is_told_in_one_sentence() -> None:
    app = operations_app(look=_nothing, refresh=_no_refresh, registry=CollectorRegistry())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortUnavailable, match=f"HTTP_PORT={port} cannot be served") as raised:
            async with serving(app, host="127.0.0.1", port=port):
                pass

    assert "\n" not in str(raised.value)


async def _nothing() -> tuple[Finding, ...]:
    return ()


async def _no_refresh() -> None:
    pass
