"""What a key may do and has left: `GET /api_keys/rate_limits` and `GET /billing/balance`."""

from datetime import timedelta

from aiohttp import web

from sandbox.venice.accounts import USD_MICROS
from sandbox.venice.credentials import AUTHENTICATION_FAILED, bearer_key
from sandbox.venice.refusal import refused
from sandbox.venice.visit import Visit


async def rate_limits(visit: Visit) -> web.Response:
    """The caps of the key; Bearer only."""
    backend = visit.backend
    backend.credentials.check_key(_required_key(visit))
    balance = backend.credentials.key_account.balance_usd_micros
    midnight = backend.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    per_minute = [{"amount": backend.options.images_per_minute, "type": "RPM"}]
    return web.json_response(
        {
            "data": {
                "accessPermitted": balance > 0,
                "apiTier": {"id": "paid", "isCharged": True},
                "balances": {"USD": balance / USD_MICROS, "DIEM": 0},
                "keyExpiration": None,
                "nextEpochBegins": (midnight + timedelta(days=1)).isoformat(),
                "rateLimits": [
                    {"apiModelId": model_id, "rateLimits": per_minute}
                    for model_id in backend.catalogue.models
                ],
            }
        }
    )


async def balance(visit: Visit) -> web.Response:
    """What is left; for an admin key only."""
    credentials = visit.backend.credentials
    if not credentials.is_admin(_required_key(visit)):
        raise refused(401, "This endpoint requires an admin API key")
    left = credentials.key_account.balance_usd_micros
    return web.json_response(
        {
            "canConsume": left > 0,
            "consumptionCurrency": "USD",
            "balances": {"diem": None, "usd": left / USD_MICROS},
            "diemEpochAllocation": 0,
        }
    )


def _required_key(visit: Visit) -> str:
    key = bearer_key(visit.request.headers)
    if key is None:
        raise refused(401, AUTHENTICATION_FAILED)
    return key
