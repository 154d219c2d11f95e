"""A wallet signs every try anew, and never shows its key."""

import base64
import builtins
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from eth_account import Account

from bot.venice import Wallet
from bot.venice.wallet import InvalidWalletKey, WalletExtraMissing, sign_in_message
from sandbox.venice import siwx
from tests.clock import NOON
from tests.venice.factories import SkippingClock

PRIVATE_KEY = "0x" + "11" * 32
ADDRESS = Account.from_key(PRIVATE_KEY).address


async def signed(wallet: Wallet) -> tuple[siwx.SignIn, Mapping[str, Any]]:
    header = (await wallet.headers())["SIGN-IN-WITH-X"]
    return siwx.parse(header), json.loads(base64.b64decode(header))


async def test_the_signature_is_the_wallets(clock: SkippingClock) -> None:
    sign_in, payload = await signed(Wallet(PRIVATE_KEY, clock=clock))
    assert siwx.recover_signer(sign_in.message, sign_in.signature) == ADDRESS
    siwx.verify(sign_in, now=clock.now(), recover=siwx.recover_signer)
    assert payload["address"] == ADDRESS
    assert payload["chainId"] == 8453
    assert payload["timestamp"] == int(NOON.timestamp() * 1_000)


async def test_every_header_has_a_nonce_of_its_own(clock: SkippingClock) -> None:
    wallet = Wallet(PRIVATE_KEY, clock=clock)
    nonces = {(await signed(wallet))[0].nonce for _ in range(20)}
    assert len(nonces) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9]{8,}", nonce) for nonce in nonces)


async def test_the_nonce_can_be_handed_in(clock: SkippingClock) -> None:
    wallet = Wallet(PRIVATE_KEY, clock=clock, nonce=lambda: "abcdefgh1")
    assert (await signed(wallet))[0].nonce == "abcdefgh1"


async def test_the_message_is_issued_now_and_expires(clock: SkippingClock) -> None:
    wallet = Wallet(PRIVATE_KEY, clock=clock)
    clock.skip(3_600)
    sign_in, _ = await signed(wallet)
    siwx.verify(sign_in, now=clock.now(), recover=siwx.recover_signer)
    with pytest.raises(siwx.InvalidSignIn):
        siwx.verify(sign_in, now=clock.now() + timedelta(minutes=6), recover=siwx.recover_signer)


def test_the_message_is_laid_out_as_eip_4361_says() -> None:
    message = sign_in_message(address=ADDRESS, nonce="abcdefgh", issued_at=NOON)
    assert message == (
        "api.venice.ai wants you to sign in with your Ethereum account:\n"
        f"{ADDRESS}\n\n"
        "Sign in to Venice API\n\n"
        "URI: https://api.venice.ai\n"
        "Version: 1\n"
        "Chain ID: 8453\n"
        "Nonce: abcdefgh\n"
        "Issued At: 2026-05-04T12:00:00.000Z\n"
        "Expiration Time: 2026-05-04T12:05:00.000Z"
    )


@pytest.mark.parametrize("key", [PRIVATE_KEY, PRIVATE_KEY.removeprefix("0x"), f" {PRIVATE_KEY}\n"])
def test_a_key_is_taken_with_and_without_its_prefix(key: str, clock: SkippingClock) -> None:
    wallet = Wallet(key, clock=clock)
    assert wallet.address == ADDRESS
    assert wallet.most_in_flight == 5


@pytest.mark.parametrize("key", ["", "not hex at all", "0x1234", "0x" + "00" * 32, "11" * 40])
def test_what_is_no_key_is_refused_without_repeating_it(key: str, clock: SkippingClock) -> None:
    with pytest.raises(InvalidWalletKey) as refused:
        Wallet(key, clock=clock)
    assert str(refused.value) == "the wallet's key must be a private key of 32 bytes in hex"
    assert refused.value.__cause__ is None


def test_the_key_is_hidden(clock: SkippingClock) -> None:
    wallet = Wallet(PRIVATE_KEY, clock=clock)
    assert "11" * 32 not in f"{wallet} {wallet!r}"
    assert wallet.redacted(f"no such key {PRIVATE_KEY}!") == "no such key 0x[hidden]!"


def test_without_the_extra_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, clock: SkippingClock
) -> None:
    real_import = builtins.__import__

    def without_eth_account(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("eth_account"):
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_eth_account)
    with pytest.raises(WalletExtraMissing, match=r"gondola\[wallet\]"):
        Wallet(PRIVATE_KEY, clock=clock)
