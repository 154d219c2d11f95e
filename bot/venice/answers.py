"""Answers that have pictures, and how they are read."""

import asyncio
import binascii
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from bot.domain.gate.policy import SafetySignals
from bot.venice import headers as headers_of
from bot.venice.body import ByteBudget, SpooledBody
from bot.venice.errors import AnswerLost, ContentViolation
from bot.venice.headers import ModelDeprecation
from bot.venice.sniffing import UNKNOWN_TYPE
from bot.venice.transport import Incoming
from bot.venice.wire.base import ApiAnswer
from bot.venice.wire.generate import GenerateImageAnswer, Timing
from bot.venice.wire.generations import GenerationsAnswer

_DECODED_CHARS = 1024 * 1024
"""How much base64 is decoded in one go: the interpreter serves nobody else meanwhile."""

_Answer = TypeVar("_Answer")
_Document = TypeVar("_Document", bound=ApiAnswer)

Reader = Callable[[Incoming], Awaitable[_Answer]]
"""Makes the value of an answer whose status was right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What an answer's head says of its pictures.

    Attributes:
        signals: what the API found in them.
        request_id: by which the API's operators find the request.
        duration_ms: from the beginning of the try to its last byte.
        enhanced_prompt: the prompt as the API rewrote it, if it did.
        deprecation: the warning that the model goes, if there was one.
        balance_usd: what the wallet has left; not said of keys.
    """

    signals: SafetySignals
    request_id: str | None
    duration_ms: int
    enhanced_prompt: str | None = None
    deprecation: ModelDeprecation | None = None
    balance_usd: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageAnswer:
    """One picture. Whoever has it closes the body."""

    body: SpooledBody
    facts: PictureFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantsAnswer:
    """Several pictures of one request. Whoever has them closes the bodies."""

    id: str
    bodies: tuple[SpooledBody, ...]
    timing: Timing
    facts: PictureFacts

    async def aclose(self) -> None:
        """Let go of all pictures."""
        for body in self.bodies:
            await body.aclose()


def picture_reader(budget: ByteBudget) -> Reader[ImageAnswer]:
    """Reads an answer that is the bytes of a picture."""

    async def read(incoming: Incoming) -> ImageAnswer:
        body = await SpooledBody.read_from(incoming.chunks(), budget)
        return await _image_answer(body, incoming)

    return read


def generations_reader(budget: ByteBudget) -> Reader[ImageAnswer]:
    """Reads an answer in OpenAI's shape."""

    async def read(incoming: Incoming) -> ImageAnswer:
        answer = await _document(GenerationsAnswer, incoming, budget)
        try:
            text = answer.picture_base64()
        except ValueError as error:
            raise _unreadable(incoming, str(error)) from error
        return await _image_answer(await _decoded(text, incoming, budget), incoming)

    return read


def variants_reader(budget: ByteBudget) -> Reader[VariantsAnswer]:
    """Reads several pictures in base64."""

    async def read(incoming: Incoming) -> VariantsAnswer:
        answer = await _document(GenerateImageAnswer, incoming, budget)
        async with contextlib.AsyncExitStack() as unfinished:
            bodies: list[SpooledBody] = []
            for text in answer.images:
                bodies.append(await _decoded(text, incoming, budget))
                unfinished.push_async_callback(bodies[-1].aclose)
            unfinished.pop_all()
        return VariantsAnswer(
            id=answer.id, bodies=tuple(bodies), timing=answer.timing, facts=_facts(incoming)
        )

    return read


def document_reader(kind: type[_Document], budget: ByteBudget) -> Reader[_Document]:
    """Reads an answer that is a JSON document."""

    async def read(incoming: Incoming) -> _Document:
        return await _document(kind, incoming, budget)

    return read


async def _document(kind: type[_Document], incoming: Incoming, budget: ByteBudget) -> _Document:
    body = await SpooledBody.read_from(incoming.chunks(), budget)
    try:
        return await asyncio.to_thread(kind.parse, await body.read())
    except ValueError as error:
        raise _unreadable(incoming, "the answer is not what was asked for") from error
    finally:
        await body.aclose()


async def _decoded(text: str, incoming: Incoming, budget: ByteBudget) -> SpooledBody:
    try:
        pieces = await asyncio.to_thread(lambda: list(_decoded_pieces(text)))
    except ValueError as error:
        raise _unreadable(incoming, "the answer is no base64") from error
    return await SpooledBody.of(pieces, budget)


def _decoded_pieces(text: str) -> Iterator[bytes]:
    for start in range(0, len(text), _DECODED_CHARS):
        yield binascii.a2b_base64(text[start : start + _DECODED_CHARS], strict_mode=True)


async def _image_answer(body: SpooledBody, incoming: Incoming) -> ImageAnswer:
    facts = _facts(incoming)
    if body.content_type != UNKNOWN_TYPE:
        return ImageAnswer(body=body, facts=facts)
    await body.aclose()
    if facts.signals.content_violation:
        raise ContentViolation(
            message="the picture breaks the content rules",
            status=incoming.status,
            request_id=facts.request_id,
        )
    raise _unreadable(incoming, "the answer is no picture")


def _facts(incoming: Incoming) -> PictureFacts:
    head = incoming.headers
    return PictureFacts(
        signals=headers_of.safety_signals(head),
        request_id=headers_of.request_id(head),
        duration_ms=incoming.duration_ms(),
        enhanced_prompt=headers_of.enhanced_prompt(head),
        deprecation=headers_of.deprecation(head),
        balance_usd=headers_of.balance_usd(head),
    )


def _unreadable(incoming: Incoming, message: str) -> AnswerLost:
    return AnswerLost(
        message=message,
        status=incoming.status,
        request_id=headers_of.request_id(incoming.headers),
    )
