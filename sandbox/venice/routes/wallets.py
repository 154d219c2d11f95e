"""Wallet accounts: `/x402/balance`, `/x402/top-up` and `/x402/transactions`."""

import asyncio
import base64
import json
import re
from uuid import uuid4

from aiohttp import web

from sandbox.venice import x402
from sandbox.venice.accounts import (
    MINIMUM_WALLET_BALANCE_USD_MICROS,
    USD_MICROS,
    Account,
    Transaction,
)
from sandbox.venice.payments import PAYMENT_HEADERS, InvalidPayment, Payment, parse_payment, verify
from sandbox.venice.refusal import Refusal, broken_rule, refused
from sandbox.venice.visit import Visit

_ADDRESS = re.compile(r"0x[a-fA-F0-9]{40}|[1-9A-HJ-NP-Za-km-z]{32,44}")

MOST_TRANSACTIONS = 100
DEFAULT_TRANSACTIONS = 50


async def wallet_balance(visit: Visit) -> web.Response:
    """What a wallet has left, told to that wallet alone."""
    account = await _own_wallet(visit)
    can_consume = account.balance_usd_micros >= MINIMUM_WALLET_BALANCE_USD_MICROS
    return _success(
        {
            "walletAddress": account.key,
            "balanceUsd": account.balance_usd_micros / USD_MICROS,
            "canConsume": can_consume,
            "minimumTopUpUsd": x402.MINIMUM_TOP_UP_USD,
            "suggestedTopUpUsd": x402.SUGGESTED_TOP_UP_USD,
        }
    )


async def wallet_transactions(visit: Visit) -> web.Response:
    """A wallet's history, newest first, told to that wallet alone."""
    account = await _own_wallet(visit)
    limit = _query_number(visit, "limit", default=DEFAULT_TRANSACTIONS, low=1)
    if limit > MOST_TRANSACTIONS:
        raise broken_rule("limit", f"limit must be at most {MOST_TRANSACTIONS}")
    offset = _query_number(visit, "offset", default=0, low=0)
    newest_first = account.transactions[::-1]
    return _success(
        {
            "walletAddress": account.key,
            "currentBalance": account.balance_usd_micros / USD_MICROS,
            "transactions": [_line(entry) for entry in newest_first[offset : offset + limit]],
            "pagination": {
                "limit": limit,
                "offset": offset,
                "hasMore": offset + limit < len(newest_first),
            },
        }
    )


async def top_up(visit: Visit) -> web.Response:
    """Credits a signed payment; without one, says what a payment must look like."""
    headers = visit.request.headers
    header = next((headers[name] for name in PAYMENT_HEADERS if name in headers), None)
    if header is None:
        terms = x402.requirements()
        raise Refusal(402, terms, x402.payment_required_header(terms))
    backend = visit.backend
    try:
        payment = parse_payment(header)
        await asyncio.to_thread(verify, payment, now=backend.clock())
        backend.credentials.spend_payment(payment.nonce)
    except InvalidPayment as error:
        body = {"error": "X402_INVALID_PAYMENT", "message": str(error)}
        raise Refusal(400, body) from error
    account = backend.credentials.wallet(payment.payer)
    account.top_up(payment.usd_micros, at=backend.clock())
    answer = _success(
        {
            "walletAddress": account.key,
            "amountCredited": payment.usd_micros / USD_MICROS,
            "newBalance": account.balance_usd_micros / USD_MICROS,
            "paymentId": f"payment_{uuid4().hex}",
        }
    )
    answer.headers["PAYMENT-RESPONSE"] = _settlement(payment)
    return answer


async def _own_wallet(visit: Visit) -> Account:
    """The account in the path, if it is the caller's.

    Raises:
        Refusal: 400 for no address, 401 without a valid wallet header, 403 for another's.
    """
    address = visit.request.match_info["wallet"]
    if _ADDRESS.fullmatch(address) is None:
        raise broken_rule("walletAddress", "Invalid wallet address")
    backend = visit.backend
    account = await backend.credentials.signed_in(visit.request.headers, now=backend.clock())
    if account.key != address.lower():
        raise refused(403, "Authenticated wallet does not match the requested wallet")
    return account


def _query_number(visit: Visit, name: str, *, default: int, low: int) -> int:
    text = visit.request.query.get(name, str(default))
    if not text.isdecimal() or int(text) < low:
        raise broken_rule(name, f"{name} must be a whole number of {low} or more")
    return int(text)


def _line(entry: Transaction) -> dict[str, object]:
    return {
        "id": entry.id,
        "amount": entry.amount_usd_micros / USD_MICROS,
        "balanceAfter": entry.balance_after_usd_micros / USD_MICROS,
        "type": entry.kind,
        "createdAt": entry.created_at.isoformat(),
        "requestId": entry.request_id,
        "modelId": entry.model_id,
    }


def _settlement(payment: Payment) -> str:
    result = {
        "success": True,
        "network": x402.BASE_NETWORK,
        "payer": payment.payer,
        "transaction": payment.nonce,
    }
    return base64.b64encode(json.dumps(result).encode()).decode("ascii")


def _success(data: dict[str, object]) -> web.Response:
    return web.json_response({"success": True, "data": data})
