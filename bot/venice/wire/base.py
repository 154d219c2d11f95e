"""What all requests and all answers have in common."""

import json
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.venice.encoding import EncodedBody

ImageFormat = Literal["jpeg", "png", "webp"]
QualityLevel = Literal["low", "medium", "high"]

Seed = Annotated[int, Field(ge=-999_999_999, le=999_999_999)]


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) else value


Count = Annotated[int, BeforeValidator(_whole)]
"""A count that the contract calls a number."""


class ApiRequest(BaseModel):
    """A request with a body.

    Attributes:
        route: where it goes, below the base URL.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    route: ClassVar[str]

    @property
    def carries_pictures(self) -> bool:
        """Whether encoding it may read files or encode pictures, and so belongs in a thread."""
        return False

    @property
    def lane(self) -> str:
        """The model that does the work, by which the API counts requests."""
        raise NotImplementedError

    def document(self) -> dict[str, Any]:
        """The JSON to send: only what was said. Pictures are read and written as base64."""
        return self.model_dump(mode="json", exclude_none=True)

    def encoded(self) -> EncodedBody:
        """The body as bytes; pure unless the request carries pictures.

        Raises:
            RequestRejected: if a picture cannot be read, or is larger than the route takes.
        """
        return EncodedBody("application/json", (json.dumps(self.document()).encode(),))


class ApiAnswer(BaseModel):
    """A JSON answer: camel case on the wire, fields nobody has seen are let be."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        populate_by_name=True,
        protected_namespaces=(),
    )

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read an answer.

        Raises:
            ValueError: if it has not the contract's shape.
        """
        return cls.model_validate_json(body)
