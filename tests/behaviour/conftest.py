"""The whole bot inside a simulated Discord, painting by the stand-in of the image API."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from simcord.http import router

from bot.domain.chart import GaugeChart
from bot.settings import Settings
from sandbox.demo.cdn import CDN_HOST
from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import API_KEY, Server, open_server
from tests.contract.discord_bodies import faults_in_request
from tests.prepared import prepared_sqlite


@pytest.fixture(autouse=True)
def every_body_is_valid(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test makes the bot send is held to what Discord takes."""
    faults: list[str] = []
    dispatch = router.dispatch

    def checked(backend: Any, method: str, path: str, *, json: Any = None, **kwargs: Any) -> Any:
        if isinstance(json, dict):
            faults.extend(faults_in_request(method, path, json))
        return dispatch(backend, method, path, json=json, **kwargs)

    monkeypatch.setattr(router, "dispatch", checked)
    yield
    assert faults == []


@pytest.fixture(scope="session", autouse=True)
def charts_are_loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The first chart takes a second or more, which is not what a test of a command waits for."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MPLCONFIGDIR", f"{tmp_path_factory.mktemp('matplotlib')}")
        from bot.media.charts.drawing import png_of  # noqa: PLC0415 - reads the variable

        png_of(GaugeChart(bars=(), used="used", reserved="reserved", left="left"))


@pytest.fixture
async def venice() -> AsyncIterator[VeniceStandIn]:
    async with VeniceStandIn(StandInOptions(api_key=API_KEY, sketch=True)) as stand_in:
        yield stand_in


@pytest.fixture
def settings_overrides(request: pytest.FixtureRequest) -> dict[str, Any]:
    marker = request.node.get_closest_marker("settings")
    return dict(marker.kwargs) if marker else {}


@pytest.fixture
def settings(tmp_path: Path, venice: VeniceStandIn, settings_overrides: dict[str, Any]) -> Settings:
    values: dict[str, Any] = {
        "venice_api_key": API_KEY,
        "venice_base_url": venice.base_url,
        "database_url": prepared_sqlite(tmp_path / "gondola.db"),
        "data_dir": tmp_path,
        "discord_cdn_hosts": [CDN_HOST],
        **settings_overrides,
    }
    return Settings.model_validate(values)


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[Server]:
    async with open_server(settings) as opened:
        yield opened
