"""Which image backend paints, and who pays it: built from the settings, part of the wiring."""

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import partial

import structlog

from bot.media.picture_store import picture_path
from bot.services.ports import Painter
from bot.services.tools.ports import Retoucher, ToolCatalogue
from bot.settings import Settings
from bot.venice import (
    BearerKey,
    CallObserver,
    Catalogue,
    Credentials,
    NoTools,
    OpenAIPainter,
    SystemClock,
    VeniceClient,
    VenicePainter,
    VeniceRetoucher,
    Wallet,
)
from bot.venice.single_model import SingleModelCatalogue
from bot.venice.wallet import InvalidWalletKey, WalletExtraMissing

log = structlog.get_logger(__name__)


class BackendError(Exception):
    """The settings name no backend that can be used; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Backend:
    """What paints and works on pictures, the models for it, and how many images each lets through
    now.
    """

    painter: Painter
    retoucher: Retoucher
    catalogue: Catalogue | SingleModelCatalogue
    tools: ToolCatalogue
    tokens: Callable[[], Mapping[str, int]]


@contextlib.asynccontextmanager
async def open_backend(
    settings: Settings, clock: SystemClock, observer: CallObserver | None = None
) -> AsyncIterator[Backend]:
    """Open the backend that the settings name, with its catalogue as fresh as can be had.

    Venice's key is sent to Venice alone.

    Raises:
        BackendError: if the wallet's key is none, or cannot be used here.
    """
    if settings.paints_elsewhere:
        async with _another_server(settings, clock, observer) as backend:
            yield backend
        return
    credentials = venice_credentials(settings, clock)
    async with VeniceClient(
        base_url=settings.venice_base_url,
        credentials=credentials,
        clock=clock,
        observer=observer,
    ) as client:
        catalogue = Catalogue(client, cache_path=settings.data_dir / "catalogue.json", clock=clock)
        await catalogue.load_cached()
        await catalogue.refresh()
        client.offer_instead(catalogue.alternatives_to)
        if settings.image_backend == "openai":
            yield _only_painting(client, catalogue)
            return
        path_of = partial(picture_path, settings.images_folder)
        yield Backend(
            painter=VenicePainter(client, path_of),
            retoucher=VeniceRetoucher(client, path_of),
            catalogue=catalogue,
            tools=catalogue,
            tokens=client.tokens,
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
async def _another_server(
    settings: Settings, clock: SystemClock, observer: CallObserver | None
) -> AsyncIterator[Backend]:
    url, model, key = (
        settings.image_backend_url,
        settings.default_model,
        settings.image_backend_key,
    )
    if url is None or model is None:
        raise BackendError("IMAGE_BACKEND=openai needs IMAGE_BACKEND_URL and DEFAULT_MODEL.")
    credentials = BearerKey(key.get_secret_value()) if key is not None else None
    async with VeniceClient(
        base_url=url, credentials=credentials, clock=clock, observer=observer
    ) as client:
        yield _only_painting(client, SingleModelCatalogue(model))


def _only_painting(client: VeniceClient, catalogue: Catalogue | SingleModelCatalogue) -> Backend:
    """OpenAI's route takes no pictures."""
    tools = NoTools()
    return Backend(
        painter=OpenAIPainter(client),
        retoucher=tools,
        catalogue=catalogue,
        tools=tools,
        tokens=client.tokens,
    )
