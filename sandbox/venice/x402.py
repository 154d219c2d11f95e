"""The bodies of x402, the protocol by which wallets buy credit.

What it takes to pay: USDC on Base or Solana, to receivers that belong to nobody. The figures are
the contract's.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sandbox.venice import siwx
from sandbox.venice.accounts import MINIMUM_WALLET_BALANCE_USD_MICROS, USD_MICROS, Account
from sandbox.venice.refusal import Refusal

VERSION = 2
MINIMUM_TOP_UP_USD = 5
SUGGESTED_TOP_UP_USD = 10

BASE_NETWORK = "eip155:8453"
BASE_USDC = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"
BASE_RECEIVER = "0x2222222222222222222222222222222222222222"
SOLANA_NETWORK = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"
SOLANA_USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
SOLANA_RECEIVER = "22222222222222222222222222222222"
SETTLEMENT_TIMEOUT_S = 300
CHALLENGE_LIFETIME = timedelta(minutes=5)

API = "https://api.venice.ai"
RESOURCE_DESCRIPTION = "Venice API"


def requirements() -> dict[str, object]:
    """What a payment must look like: the body of an empty `POST /x402/top-up`."""
    amount = str(MINIMUM_TOP_UP_USD * USD_MICROS)
    common = {"scheme": "exact", "amount": amount, "maxTimeoutSeconds": SETTLEMENT_TIMEOUT_S}
    return {
        "x402Version": VERSION,
        "accepts": [
            common
            | {
                "network": BASE_NETWORK,
                "asset": BASE_USDC,
                "payTo": BASE_RECEIVER,
                "extra": {"name": "USD Coin", "version": "2"},
            },
            common
            | {
                "network": SOLANA_NETWORK,
                "asset": SOLANA_USDC,
                "payTo": SOLANA_RECEIVER,
                "extra": {"feePayer": SOLANA_RECEIVER},
            },
        ],
    }


def payment_required_header(body: Mapping[str, object]) -> dict[str, str]:
    """The `PAYMENT-REQUIRED` header: base64 of JSON."""
    return {"PAYMENT-REQUIRED": base64.b64encode(json.dumps(body).encode()).decode("ascii")}


def discovery(path: str, *, now: datetime) -> Refusal:
    """The 402 of an inference route that was sent no credentials."""
    body = {
        **requirements(),
        "error": "Payment required",
        "resource": {
            "url": f"{API}{path}",
            "description": RESOURCE_DESCRIPTION,
            "mimeType": "application/json",
        },
        "extensions": {"sign-in-with-x": _challenge(path, now=now)},
        "authOptions": {
            "apiKey": {
                "header": "Authorization: Bearer YOUR_API_KEY",
                "getKey": "https://venice.ai/settings/api",
                "docs": "https://docs.venice.ai/api-reference",
            },
            "x402Wallet": {
                "header": siwx.HEADERS[0],
                "legacyHeader": siwx.HEADERS[1],
                "topUp": "POST /api/v1/x402/top-up",
                "docs": "https://docs.venice.ai/api-reference/endpoint/x402/top-up",
            },
        },
    }
    return Refusal(402, body, payment_required_header(body))


def insufficient_balance(account: Account, path: str, *, now: datetime) -> Refusal:
    """The 402 of a wallet whose credit does not suffice."""
    body = {
        "error": "Payment required",
        "code": "PAYMENT_REQUIRED",
        "reason": "insufficient_balance",
        "message": "Insufficient x402 balance",
        "currentBalanceUsd": account.balance_usd_micros / USD_MICROS,
        "minimumBalanceUsd": MINIMUM_WALLET_BALANCE_USD_MICROS / USD_MICROS,
        "description": RESOURCE_DESCRIPTION,
        "suggestedTopUpUsd": SUGGESTED_TOP_UP_USD,
        "minimumTopUpUsd": MINIMUM_TOP_UP_USD,
        "supportedTokens": ["USDC"],
        "supportedChains": ["base", "solana"],
        "topUpInstructions": {
            "step1": "POST /api/v1/x402/top-up without a payment header for the requirements",
            "step2": "Choose one of accepts and sign a USDC transfer authorization for it",
            "step3": "POST /api/v1/x402/top-up with the signed PAYMENT-SIGNATURE header",
            "receiverWallet": BASE_RECEIVER,
            "tokenAddress": BASE_USDC,
            "tokenDecimals": 6,
            "network": BASE_NETWORK,
            "minimumAmountUsd": MINIMUM_TOP_UP_USD,
        },
        "siwxChallenge": _challenge(path, now=now),
    }
    return Refusal(402, body, payment_required_header(requirements()))


def _challenge(path: str, *, now: datetime) -> dict[str, object]:
    return {
        "info": {
            "domain": siwx.DOMAIN,
            "uri": f"{API}{path}",
            "version": "1",
            "nonce": secrets.token_hex(8),
            "issuedAt": now.isoformat(),
            "expirationTime": (now + CHALLENGE_LIFETIME).isoformat(),
            "statement": "Sign in to Venice AI",
        },
        "supportedChains": [
            {"chainId": BASE_NETWORK, "type": "eip191"},
            {"chainId": SOLANA_NETWORK, "type": "ed25519"},
        ],
    }
