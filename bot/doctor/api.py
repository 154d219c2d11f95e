"""The image API: reachable, the key good, models to be had."""

import asyncio

from bot.doctor.finding import Finding, Verdict
from bot.settings import Settings
from bot.venice import (
    Catalogue,
    Credentials,
    RetryPolicy,
    SystemClock,
    Timeouts,
    VeniceClient,
    VeniceError,
    Wallet,
)
from bot.venice.errors import AuthenticationFailed
from bot.wiring.backend import BackendError, venice_credentials

_TIMEOUTS = Timeouts(connect_s=10.0, quiet_s=10.0, total_s=15.0)
_TIMEOUT_S = 60.0


async def check_api(settings: Settings) -> tuple[Finding, ...]:
    """The key, and the catalogue as it is now."""
    if settings.paints_elsewhere:
        detail = f"{settings.default_model} at IMAGE_BACKEND_URL, which is not asked"
        return (Finding("image API", Verdict.OK, detail),)
    try:
        credentials = venice_credentials(settings, SystemClock())
    except BackendError as error:
        return (Finding("wallet", Verdict.FAULT, f"{error}", "Mend VENICE_WALLET_KEY."),)
    async with VeniceClient(
        base_url=settings.venice_base_url,
        credentials=credentials,
        retry=RetryPolicy(most_tries=1),
        timeouts=_TIMEOUTS,
    ) as client:
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                account = await _check_account(client, credentials)
                return (*account, await _check_catalogue(client, settings))
        except TimeoutError:
            detail = "it took too long to answer"
            return (Finding("image API", Verdict.FAULT, detail, "Look at VENICE_BASE_URL."),)


async def _check_account(
    client: VeniceClient, credentials: Credentials | None
) -> tuple[Finding, ...]:
    """Whether the API takes the key or the wallet; nothing where there is neither."""
    if isinstance(credentials, Wallet):
        return (await _check_wallet(client, credentials),)
    return (await _check_key(client),) if credentials is not None else ()


async def _check_wallet(client: VeniceClient, wallet: Wallet) -> Finding:
    try:
        balance = await client.wallet_balance(wallet.address)
    except VeniceError as error:
        return Finding("wallet", Verdict.FAULT, f"{error}", "Look at VENICE_BASE_URL.")
    return Finding("wallet", Verdict.OK, f"{wallet.address}, ${balance.balance_usd} left")


async def _check_key(client: VeniceClient) -> Finding:
    try:
        limits = await client.rate_limits()
    except AuthenticationFailed:
        to_do = "Make a new VENICE_API_KEY."
        return Finding("API key", Verdict.FAULT, "refused", to_do)
    except VeniceError as error:
        return Finding("API key", Verdict.FAULT, f"{error}", "Look at VENICE_BASE_URL.")
    if limits.access_permitted is False:
        return Finding(
            "API key", Verdict.FAULT, "taken, but may not be used", "Top up the account."
        )
    return Finding("API key", Verdict.OK, "taken")


async def _check_catalogue(client: VeniceClient, settings: Settings) -> Finding:
    """A look at the API; else the copy on disk, by which the bot would start."""
    path = settings.data_dir / "catalogue.json"
    clock = SystemClock()
    catalogue = Catalogue(client, cache_path=path, clock=clock)
    if await catalogue.refresh():
        detail = f"{len(catalogue.models())} models, just now"
        wanted = settings.default_model
        if wanted and catalogue.find(wanted) is None:
            to_do = "Name a model of the catalogue, or none."
            return Finding("catalogue", Verdict.FAULT, f"no model {wanted} (DEFAULT_MODEL)", to_do)
        return Finding("catalogue", Verdict.OK, detail)
    await catalogue.load_cached()
    if not catalogue.models():
        detail = "the image API gives none, and none is kept"
        return Finding("catalogue", Verdict.FAULT, detail, "Look at VENICE_BASE_URL.")
    age_h = (clock.now().timestamp() - path.stat().st_mtime) / 3_600
    detail = f"{len(catalogue.models())} models, {age_h:.1f} h old; the image API gives none"
    return Finding("catalogue", Verdict.WARNING, detail, "Look at VENICE_BASE_URL.")
