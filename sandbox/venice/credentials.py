"""Who may come in: a Bearer key or a wallet's signature; where both are sent, the wallet wins."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from sandbox.venice import siwx
from sandbox.venice.accounts import Account
from sandbox.venice.options import StandInOptions
from sandbox.venice.payments import InvalidPayment
from sandbox.venice.refusal import Refusal, refused

AUTHENTICATION_FAILED = "Authentication failed"


class Credentials:
    """Tells who sent a request."""

    def __init__(self, options: StandInOptions) -> None:
        self._api_key = options.api_key
        self._admin_key = options.admin_key
        self._key_account = Account("key", options.balance_usd_micros)
        self._wallets = {
            address.lower(): Account(address.lower(), balance, is_wallet=True)
            for address, balance in options.wallets.items()
        }
        self._spent_nonces: set[str] = set()
        self._spent_payments: set[str] = set()

    @property
    def key_account(self) -> Account:
        """The account behind the API keys."""
        return self._key_account

    def wallet(self, address: str) -> Account:
        """A wallet's account; one that was never seen has no credit."""
        address = address.lower()
        return self._wallets.setdefault(address, Account(address, 0, is_wallet=True))

    async def payer(
        self, headers: Mapping[str, str], *, now: datetime, no_credentials: Refusal
    ) -> Account:
        """The account behind a request.

        Args:
            headers: the request's headers.
            now: the time.
            no_credentials: what is raised where there are none.

        Raises:
            Refusal: 401 where the credentials are wrong.
        """
        if siwx.find_header(headers) is not None:
            return await self.signed_in(headers, now=now)
        key = bearer_key(headers)
        if key is None:
            raise no_credentials
        self.check_key(key)
        return self._key_account

    async def signed_in(self, headers: Mapping[str, str], *, now: datetime) -> Account:
        """The wallet behind a request. Its nonce is spent, whatever comes of it.

        Raises:
            Refusal: 401 where the wallet header is missing, wrong or was used before.
        """
        header = siwx.find_header(headers)
        if header is None:
            raise refused(401, "Missing SIGN-IN-WITH-X header")
        try:
            sign_in = siwx.parse(header)
            self._spend(sign_in.nonce)
            await asyncio.to_thread(siwx.verify, sign_in, now=now, recover=siwx.recover_signer)
        except siwx.InvalidSignIn as error:
            raise refused(401, f"Invalid SIGN-IN-WITH-X header: {error}") from error
        return self.wallet(sign_in.address)

    def spend_payment(self, nonce: str) -> None:
        """Takes a payment's nonce.

        Raises:
            InvalidPayment: if it was used before.
        """
        if nonce in self._spent_payments:
            raise InvalidPayment("The payment was used before")
        self._spent_payments.add(nonce)

    def _spend(self, nonce: str) -> None:
        if nonce in self._spent_nonces:
            raise siwx.InvalidSignIn("the nonce was used before")
        self._spent_nonces.add(nonce)

    def check_key(self, key: str) -> None:
        """Takes either key.

        Raises:
            Refusal: 401 for any other.
        """
        if self._api_key is not None and key not in (self._api_key, self._admin_key):
            raise refused(401, AUTHENTICATION_FAILED)

    def is_admin(self, key: str) -> bool:
        """Whether a key may read the balance."""
        return self._admin_key is not None and key == self._admin_key


def bearer_key(headers: Mapping[str, str]) -> str | None:
    """The key of an `Authorization: Bearer` header."""
    scheme, _, key = headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.casefold() == "bearer" and key.strip() else None


def claimed_payer(headers: Mapping[str, str]) -> str | None:
    """Who a request says it is from, unproven: a wallet's address, `key`, or nobody."""
    header = siwx.find_header(headers)
    if header is None:
        return "key" if bearer_key(headers) is not None else None
    try:
        return siwx.parse(header).address
    except siwx.InvalidSignIn:
        return None
