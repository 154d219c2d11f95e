"""The whole bot inside a simulated Discord, painting by the stand-in of the image API."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import API_KEY, Server, open_server


@pytest.fixture
async def venice() -> AsyncIterator[VeniceStandIn]:
    async with VeniceStandIn(StandInOptions(api_key=API_KEY)) as stand_in:
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
        "database_url": f"sqlite+aiosqlite:///{tmp_path / 'gondola.db'}",
        "data_dir": tmp_path,
        **settings_overrides,
    }
    return Settings.model_validate(values)


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[Server]:
    async with open_server(settings) as opened:
        yield opened
