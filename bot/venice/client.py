"""The client: every route of the image API as one method. Thin: it only says what goes where."""

import random
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Self, TypeVar

import aiohttp

from bot.domain.models.image_model import ImageModel
from bot.venice.answers import (
    ImageAnswer,
    VariantsAnswer,
    document_reader,
    generations_reader,
    picture_reader,
    variants_reader,
)
from bot.venice.body import ByteBudget
from bot.venice.calls import BeforeSend, Calls, nothing
from bot.venice.clock import Clock, SystemClock
from bot.venice.credentials import Credentials, NoCredentials
from bot.venice.entries import read_entries
from bot.venice.gates import Alternatives, Gates, Limits
from bot.venice.many import Arrivals, arriving
from bot.venice.observer import CallObserver
from bot.venice.posting import posted
from bot.venice.retry import RetryPolicy
from bot.venice.transport import PICTURE_ENCODINGS, Outgoing, Timeouts, Transport
from bot.venice.wire.account import BillingBalance, KeyLimits, KeyLimitsAnswer
from bot.venice.wire.base import ApiAnswer, ApiRequest
from bot.venice.wire.edit import EditImageRequest, MultiEditImageRequest
from bot.venice.wire.generate import GenerateImageRequest
from bot.venice.wire.generations import GenerationsRequest
from bot.venice.wire.listing import ModelList, ModelNames, ModelType, StyleList
from bot.venice.wire.retouch import RemoveBackgroundRequest, UpscaleImageRequest
from bot.venice.wire.x402 import (
    TopUpInstructions,
    Transactions,
    TransactionsAnswer,
    WalletBalance,
    WalletBalanceAnswer,
)

PUBLIC_API_URL = "https://api.venice.ai/api/v1"

MOST_TRANSACTIONS = 100
"""A page of a wallet's transactions has at most so many (published contract)."""

_PAYMENT_REQUIRED = 402

_Answer = TypeVar("_Answer", bound=ApiAnswer)


class VeniceClient:
    """The Venice image API.

    Used as an async context manager, which opens connections and closes them, or with a session
    of the caller's, who closes it. Every method raises `VeniceError`, as the tree of
    `bot.venice.errors` says; requests are checked when they are made, by `pydantic`.

    Example:
        async with VeniceClient(credentials=BearerKey(key)) as client:
            answer = await client.generate(
                GenerateImageRequest(model="default", prompt="a fox", safe_mode=True)
            )

    Args:
        base_url: where the API is.
        credentials: who pays; None for the routes that need no account.
        session: the connections; one of its own while it is entered, if None.
        clock: time.
        chance: draws numbers from 0 to 1 for the jitter between tries.
        retry: when a request is sent again.
        timeouts: how long to wait.
        limits: what the account may do until answers say otherwise.
        budget: how many bytes of answers may be in memory at once.
        observer: is told of every try.
    """

    def __init__(
        self,
        *,
        base_url: str = PUBLIC_API_URL,
        credentials: Credentials | None = None,
        session: aiohttp.ClientSession | None = None,
        clock: Clock | None = None,
        chance: Callable[[], float] = random.random,
        retry: RetryPolicy | None = None,
        timeouts: Timeouts | None = None,
        limits: Limits | None = None,
        budget: ByteBudget | None = None,
        observer: CallObserver | None = None,
    ) -> None:
        self._base_url = base_url
        self._credentials = credentials or NoCredentials()
        self._clock = clock or SystemClock()
        self._chance = chance
        self._retry = retry or RetryPolicy()
        self._timeouts = timeouts or Timeouts()
        self._budget = budget or ByteBudget()
        self._observer = observer
        self._gates = Gates(
            self._clock, limits or Limits(), most_in_flight=self._credentials.most_in_flight
        )
        self._own_session: aiohttp.ClientSession | None = None
        self._calls = self._calls_over(session) if session is not None else None

    def __repr__(self) -> str:
        return f"VeniceClient({self._base_url!r}, {self._credentials!r})"

    async def __aenter__(self) -> Self:
        if self._calls is None:
            self._own_session = aiohttp.ClientSession(
                # The gates bound what is open; waiting for a free connection would eat into the
                # time that a picture may take.
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
            self._calls = self._calls_over(self._own_session)
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._own_session is not None:
            session, self._own_session, self._calls = self._own_session, None, None
            await session.close()

    def offer_instead(self, alternatives: Alternatives) -> None:
        """Say which models can take the place of one that has no room; errors name them."""
        self._gates.alternatives = alternatives

    def tokens(self) -> Mapping[str, int]:
        """How many images each model that was asked would let through now."""
        return self._gates.tokens()

    async def generate(
        self, request: GenerateImageRequest, *, before_send: BeforeSend = nothing
    ) -> ImageAnswer:
        """`POST /image/generate` for one picture, as bytes, whatever the request says of that.

        A violation of the content rules is an answer whose signals say so, not an error.
        `before_send` is awaited once, when the first try is about to leave.
        """
        asked = request.model_copy(update={"return_binary": True, "variants": None})
        return await self._picture(asked, before_send)

    def generate_many(
        self, request: GenerateImageRequest, count: int
    ) -> AbstractAsyncContextManager[Arrivals]:
        """The pictures of `count` consecutive seeds, each as soon as it is there.

        They cost what `variants` would, and each can be painted again alone.

        Example:
            async with client.generate_many(request, 4) as arrivals:
                async for arrival in arrivals:
                    show(arrival.answer())

        Leaving the block cancels what is not there yet. A picture that failed arrives as well,
        and raises when it is asked for.
        """
        return arriving(self.generate, request, count)

    async def generate_variants(self, request: GenerateImageRequest) -> VariantsAnswer:
        """`POST /image/generate` for up to four variants at once, as base64.

        Only the first has the request's seed.
        """
        asked = request.model_copy(update={"return_binary": False})
        outgoing = await posted(asked, images=request.variants or 1)
        return await self._open.call(outgoing, variants_reader(self._budget))

    async def generations(
        self, request: GenerationsRequest, *, before_send: BeforeSend = nothing
    ) -> ImageAnswer:
        """`POST /images/generations`: one picture, in OpenAI's shape."""
        return await self._open.call(
            await posted(request), generations_reader(self._budget), before_send=before_send
        )

    async def edit(
        self, request: EditImageRequest, *, before_send: BeforeSend = nothing
    ) -> ImageAnswer:
        """`POST /image/edit`: a picture changed as a prompt says."""
        return await self._picture(request, before_send)

    async def multi_edit(
        self, request: MultiEditImageRequest, *, before_send: BeforeSend = nothing
    ) -> ImageAnswer:
        """`POST /image/multi-edit`: one picture of several."""
        return await self._picture(request, before_send)

    async def upscale(
        self, request: UpscaleImageRequest, *, before_send: BeforeSend = nothing
    ) -> ImageAnswer:
        """`POST /image/upscale`: a picture made larger."""
        return await self._picture(request, before_send)

    async def remove_background(
        self, request: RemoveBackgroundRequest, *, before_send: BeforeSend = nothing
    ) -> ImageAnswer:
        """`POST /image/background-remove`: what a picture shows, cut out."""
        return await self._picture(request, before_send)

    async def models(self, kind: ModelType = "all") -> ModelList:
        """`GET /models`: the entries as they came."""
        return await self._get(ModelList, "/models", {"type": kind})

    async def image_models(self, kind: ModelType = "all") -> tuple[ImageModel, ...]:
        """`GET /models`: the entries that can be used, as values."""
        return read_entries((await self.models(kind)).data).models

    async def traits(self) -> Mapping[str, str]:
        """`GET /models/traits`: trait to model id, for image models."""
        return (await self._get(ModelNames, "/models/traits", {"type": "image"})).data

    async def compatibility_mapping(self) -> Mapping[str, str]:
        """`GET /models/compatibility_mapping`: legacy name to model id, for image models."""
        route = "/models/compatibility_mapping"
        return (await self._get(ModelNames, route, {"type": "image"})).data

    async def styles(self) -> tuple[str, ...]:
        """`GET /image/styles`: the style presets, exact to the letter's case."""
        return (await self._get(StyleList, "/image/styles")).data

    async def rate_limits(self) -> KeyLimits:
        """`GET /api_keys/rate_limits`: what the key may do, and has left. Keys only."""
        return (await self._get(KeyLimitsAnswer, "/api_keys/rate_limits")).data

    async def billing_balance(self) -> BillingBalance:
        """`GET /billing/balance`: what the account has left. Admin keys only."""
        return await self._get(BillingBalance, "/billing/balance")

    async def wallet_balance(self, address: str) -> WalletBalance:
        """`GET /x402/balance/{wallet}`: what a wallet has left. That wallet's signature only."""
        return (await self._get(WalletBalanceAnswer, f"/x402/balance/{address}")).data

    async def wallet_transactions(
        self, address: str, *, limit: int = 50, offset: int = 0
    ) -> Transactions:
        """`GET /x402/transactions/{wallet}`: a page of a wallet's movements, newest first.

        Raises:
            ValueError: if `limit` is not 1 to 100, or `offset` is negative.
        """
        if not 1 <= limit <= MOST_TRANSACTIONS or offset < 0:
            raise ValueError(f"no such page: limit {limit}, offset {offset}")
        query = {"limit": str(limit), "offset": str(offset)}
        return (await self._get(TransactionsAnswer, f"/x402/transactions/{address}", query)).data

    async def top_up_instructions(self) -> TopUpInstructions:
        """`POST /x402/top-up` without a payment: the payments that would add to a wallet."""
        outgoing = Outgoing(method="POST", route="/x402/top-up", expects=_PAYMENT_REQUIRED)
        return await self._open.call(outgoing, document_reader(TopUpInstructions, self._budget))

    async def _picture(self, request: ApiRequest, before_send: BeforeSend) -> ImageAnswer:
        outgoing = await posted(request, accept_encoding=PICTURE_ENCODINGS)
        return await self._open.call(
            outgoing, picture_reader(self._budget), before_send=before_send
        )

    async def _get(
        self, kind: type[_Answer], route: str, query: Mapping[str, str] | None = None
    ) -> _Answer:
        outgoing = Outgoing(method="GET", route=route, query=query or {})
        return await self._open.call(outgoing, document_reader(kind, self._budget))

    @property
    def _open(self) -> Calls:
        if self._calls is None:
            raise RuntimeError("the client is not open: use it as an async context manager")
        return self._calls

    def _calls_over(self, session: aiohttp.ClientSession) -> Calls:
        transport = Transport(
            session,
            base_url=self._base_url,
            credentials=self._credentials,
            timeouts=self._timeouts,
            clock=self._clock,
        )
        return Calls(
            transport,
            self._gates,
            budget=self._budget,
            retry=self._retry,
            clock=self._clock,
            chance=self._chance,
            observer=self._observer,
        )
