"""Which image backend paints, and who pays it: built from the settings, part of the wiring."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from bot.services.ports import Painter
from bot.settings import Settings
from bot.venice import (
    BearerKey,
    Catalogue,
    Credentials,
    OpenAIPainter,
    SystemClock,
    VeniceClient,
    VenicePainter,
    Wallet,
)
from bot.venice.single_model import SingleModelCatalogue
from bot.venice.wallet import InvalidWalletKey, WalletExtraMissing

log = structlog.get_logger(__name__)


class BackendError(Exception):
    """The settings name no backend that can be used; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Backend:
    """What paints, and the models it has."""

    painter: Painter
    catalogue: Catalogue | SingleModelCatalogue


@contextlib.asynccontextmanager
async def open_backend(settings: Settings, clock: SystemClock) -> AsyncIterator[Backend]:
    """Open the backend that the settings name, with its catalogue as fresh as can be had.

    Venice's key is sent to Venice alone.

    Raises:
        BackendError: if the wallet's key is none, or cannot be used here.
    """
    if settings.paints_elsewhere:
        async with _another_server(settings, clock) as backend:
            yield backend
        return
    credentials = venice_credentials(settings, clock)
    async with VeniceClient(
        base_url=settings.venice_base_url, credentials=credentials, clock=clock
    ) as client:
        catalogue = Catalogue(client, cache_path=settings.data_dir / "catalogue.json", clock=clock)
        await catalogue.load_cached()
        await catalogue.refresh()
        client.offer_instead(catalogue.alternatives_to)
        by_openai_route = settings.image_backend == "openai"
        yield Backend(
            OpenAIPainter(client) if by_openai_route else VenicePainter(client), catalogue
        )


def venice_credentials(settings: Settings, clock: SystemClock) -> Credentials | None:
    """The API key, else the wallet, else nobody.

    Raises:
        BackendError: if the wallet's key is none, or cannot be used here.
    """
    key, wallet = settings.venice_api_key, settings.venice_wallet_key
    if key is not None:
        if wallet is not None:
            log.warning("wallet_not_used", why="VENICE_API_KEY is set as well")
        return BearerKey(key.get_secret_value())
    if wallet is None:
        return None
    try:
        return Wallet(wallet.get_secret_value(), clock=clock)
    except (WalletExtraMissing, InvalidWalletKey) as error:
        raise BackendError(f"VENICE_WALLET_KEY cannot be used: {error}.") from None


@contextlib.asynccontextmanager
async def _another_server(settings: Settings, clock: SystemClock) -> AsyncIterator[Backend]:
    url, model, key = (
        settings.image_backend_url,
        settings.default_model,
        settings.image_backend_key,
    )
    if url is None or model is None:
        raise BackendError("IMAGE_BACKEND=openai needs IMAGE_BACKEND_URL and DEFAULT_MODEL.")
    credentials = BearerKey(key.get_secret_value()) if key is not None else None
    async with VeniceClient(base_url=url, credentials=credentials, clock=clock) as client:
        yield Backend(OpenAIPainter(client), SingleModelCatalogue(model))
