"""Which backend the settings choose, and what they say when they choose none that can be used."""

from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.venice import (
    BearerKey,
    NoTools,
    OpenAIPainter,
    SystemClock,
    VenicePainter,
    VeniceRetoucher,
    Wallet,
)
from bot.wiring.backend import BackendError, open_backend, venice_credentials
from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn

WALLET_KEY = "11" * 32
NOWHERE = "http://127.0.0.1:9/api/v1"


def make_settings(folder: Path, **values: Any) -> Settings:
    return Settings.model_validate({"venice_base_url": NOWHERE, "data_dir": folder, **values})


async def test_venice_is_painted_with_by_default(tmp_path: Path) -> None:
    async with VeniceStandIn(StandInOptions()) as venice:
        settings = make_settings(tmp_path, venice_base_url=venice.base_url)
        async with open_backend(settings, SystemClock()) as backend:
            assert isinstance(backend.painter, VenicePainter)
            assert backend.catalogue.find("z-image-turbo") is not None
            assert isinstance(backend.retoucher, VeniceRetoucher)
            assert backend.tools.edit_models()


async def test_another_server_paints_with_the_model_of_the_settings(tmp_path: Path) -> None:
    settings = make_settings(
        tmp_path,
        image_backend="openai",
        image_backend_url="http://127.0.0.1:9/v1",
        default_model="my-model",
    )
    async with open_backend(settings, SystemClock()) as backend:
        assert isinstance(backend.painter, OpenAIPainter)
        [model] = backend.catalogue.models()
        assert model.id == "my-model"
        assert backend.catalogue.default() == backend.catalogue.find("My-Model") == model
        assert backend.catalogue.styles() == ()
        assert backend.catalogue.find("another") is None


async def test_openais_route_paints_and_has_no_tools(tmp_path: Path) -> None:
    async with VeniceStandIn(StandInOptions()) as venice:
        settings = make_settings(
            tmp_path,
            venice_base_url=venice.base_url,
            image_backend="openai",
            image_backend_url=venice.base_url,
        )
        async with open_backend(settings, SystemClock()) as backend:
            assert isinstance(backend.painter, OpenAIPainter)
            assert isinstance(backend.retoucher, NoTools)
            tools = backend.tools
            assert tools.edit_models() == ()
            assert tools.find_edit_model("flux-2-max-edit") is None
            assert (tools.upscaler(), tools.cutout_model()) == (None, None)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (
            {"image_backend": "openai", "image_backend_url": "http://127.0.0.1:9/v1"},
            "needs IMAGE_BACKEND_URL and DEFAULT_MODEL",
        ),
        ({"venice_wallet_key": "not a key"}, "VENICE_WALLET_KEY cannot be used"),
    ],
)
async def test_a_backend_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, values: dict[str, Any], says: str
) -> None:
    with pytest.raises(BackendError, match=says) as raised:
        async with open_backend(make_settings(tmp_path, **values), SystemClock()):
            pass

    assert "not a key" not in str(raised.value)


def test_a_key_goes_before_a_wallet(tmp_path: Path) -> None:
    both = make_settings(tmp_path, venice_api_key="test-key", venice_wallet_key=WALLET_KEY)
    wallet = make_settings(tmp_path, venice_wallet_key=WALLET_KEY)

    assert isinstance(venice_credentials(both, SystemClock()), BearerKey)
    assert isinstance(venice_credentials(wallet, SystemClock()), Wallet)
    assert venice_credentials(make_settings(tmp_path), SystemClock()) is None
