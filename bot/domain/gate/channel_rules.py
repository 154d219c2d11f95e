"""What a channel's moderators have set, and the rules that follow from it.

A thread takes what it does not say itself from its channel, the channel from its category, the
category from the server, and the server from the bot. Each setting is inherited by itself, and
remembers where it came from, so that a refusal can say who decided it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from typing import Generic, Literal, TypeVar

from bot.domain.ids import ModelId

_Value = TypeVar("_Value")


class Layer(StrEnum):
    """Where a setting was made, the most specific first."""

    THREAD = "thread"
    CHANNEL = "channel"
    CATEGORY = "category"
    SERVER = "server"
    BOT = "bot"


class Review(StrEnum):
    """Which pictures moderators see before the channel does."""

    NONE = "none"
    FLAGGED = "flagged"
    NEW_MEMBERS = "new_members"
    ALL = "all"


class UnknownSignals(StrEnum):
    """What becomes of a picture of which the image service does not say that it is safe.

    It counts where safe mode is on.
    """

    SHOW = "show"
    HOLD = "hold"


class PrivateImages(StrEnum):
    """Who may make pictures that only they see; the strictest is the last."""

    EVERYBODY = "everybody"
    MODERATORS = "moderators"
    NOBODY = "nobody"


class ArtCommand(StrEnum):
    """What a channel can allow or not: the ways to make a picture."""

    IMAGINE = "imagine"
    EDIT = "edit"
    BLEND = "blend"
    UPSCALE = "upscale"
    CUT_OUT = "cutout"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """What one layer says; None where it says nothing.

    Attributes:
        safe_mode: False asks for it to be off, which holds only where Discord marks the channel
            as age-restricted.
        allowed_models: if said, no others.
        forbidden_models: never these.
        review: which pictures are looked at first.
        commands: if said, no others.
        most_images: in one request.
        slow_mode_s: seconds between two requests of one member; 0 for none.
        spoilers: whether pictures are covered until they are tapped.
        private_images: who may make them.
        unknown_signals: what becomes of pictures of which nobody knows that they are safe.
    """

    safe_mode: bool | None = None
    allowed_models: frozenset[ModelId] | None = None
    forbidden_models: frozenset[ModelId] | None = None
    review: Review | None = None
    commands: frozenset[ArtCommand] | None = None
    most_images: Literal[1, 2, 3, 4] | None = None
    slow_mode_s: int | None = None
    spoilers: bool | None = None
    private_images: PrivateImages | None = None
    unknown_signals: UnknownSignals | None = None


@dataclass(frozen=True, slots=True)
class Decided(Generic[_Value]):
    """A value, and the layer that decided it."""

    value: _Value
    by: Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRules:
    """The rules of one channel at one moment. Safe mode is on unless everything says otherwise.

    `safe_mode_forced` is True where a layer turned it off and the channel is not age-restricted.
    """

    safe_mode: Decided[bool]
    safe_mode_forced: bool
    allowed_models: Decided[frozenset[ModelId] | None]
    forbidden_models: frozenset[ModelId]
    review: Decided[Review]
    commands: Decided[frozenset[ArtCommand]]
    most_images: Decided[int]
    slow_mode_s: Decided[int]
    spoilers: Decided[bool]
    private_images: Decided[PrivateImages]
    unknown_signals: Decided[UnknownSignals]


SETTING_NAMES = tuple(field.name for field in fields(ChannelSettings))
_MOST_IMAGES = 4


def said_in(settings: ChannelSettings) -> dict[str, object]:
    """What a layer says, by the names of its settings."""
    said = {name: getattr(settings, name) for name in SETTING_NAMES}
    return {name: value for name, value in said.items() if value is not None}


def overlaid(upper: ChannelSettings, lower: ChannelSettings) -> ChannelSettings:
    """What the upper one says, and otherwise the lower one."""
    return ChannelSettings(**{**said_in(lower), **said_in(upper)})  # type: ignore[arg-type] # fields by name


def without(settings: ChannelSettings, name: str) -> ChannelSettings:
    """The same without one setting."""
    said = {each: value for each, value in said_in(settings).items() if each != name}
    return ChannelSettings(**said)  # type: ignore[arg-type] # fields by name


def strictest(said: Iterable[ChannelSettings]) -> ChannelSettings:
    """What several channels forbid, taken together: for a place that may be under any of them."""
    every = list(said)
    return ChannelSettings(
        allowed_models=_in_all(each.allowed_models for each in every),
        forbidden_models=frozenset().union(*(each.forbidden_models or () for each in every)),
        review=_strictest_review([each.review for each in every]),
        commands=_in_all(each.commands for each in every),
        most_images=min((n for each in every if (n := each.most_images)), default=None),
        slow_mode_s=max((s for each in every if (s := each.slow_mode_s)), default=None),
        spoilers=any(each.spoilers for each in every) or None,
        private_images=max(
            (who for each in every if (who := each.private_images)),
            key=tuple(PrivateImages).index,
            default=None,
        ),
        unknown_signals=UnknownSignals.HOLD
        if any(each.unknown_signals is UnknownSignals.HOLD for each in every)
        else None,
    )


def rules_of(
    layers: Sequence[tuple[Layer, ChannelSettings]], *, age_restricted: bool
) -> ChannelRules:
    """The rules that follow from settings, the most specific layer first.

    Safe mode goes off only where Discord marks the channel age-restricted, so that it is on again
    in the moment in which the mark goes. A model that any layer forbids is forbidden.
    """
    return _rules_of(tuple(layers), age_restricted)


# Asked for at every step of every picture, and the same for most channels.
@lru_cache(maxsize=1_024)
def _rules_of(
    layers: tuple[tuple[Layer, ChannelSettings], ...],
    age_restricted: bool,  # noqa: FBT001 - caches take what is named for something else
) -> ChannelRules:
    wished = _decided(((layer, said.safe_mode) for layer, said in layers), True)
    safe_mode = wished if age_restricted else Decided(value=True, by=_who_forces(wished))
    return ChannelRules(
        safe_mode=safe_mode,
        safe_mode_forced=not wished.value and not age_restricted,
        allowed_models=_decided(((layer, said.allowed_models) for layer, said in layers), None),
        forbidden_models=frozenset().union(
            *(said.forbidden_models or frozenset() for _, said in layers)
        ),
        review=_decided(((layer, said.review) for layer, said in layers), Review.NONE),
        commands=_decided(
            ((layer, said.commands) for layer, said in layers), frozenset(ArtCommand)
        ),
        most_images=_decided(((layer, said.most_images) for layer, said in layers), _MOST_IMAGES),
        slow_mode_s=_decided(((layer, said.slow_mode_s) for layer, said in layers), 0),
        spoilers=_decided(((layer, said.spoilers) for layer, said in layers), False),
        private_images=_decided(
            ((layer, said.private_images) for layer, said in layers), PrivateImages.EVERYBODY
        ),
        unknown_signals=_decided(
            ((layer, said.unknown_signals) for layer, said in layers), UnknownSignals.SHOW
        ),
    )


def _in_all(said: Iterable[frozenset[_Value] | None]) -> frozenset[_Value] | None:
    lists = [each for each in said if each is not None]
    return frozenset.intersection(*lists) if lists else None


def _strictest_review(said: Iterable[Review | None]) -> Review | None:
    """Two that hold different pictures come to all."""
    holding = {each for each in said if each not in (None, Review.NONE)}
    return Review.ALL if len(holding) > 1 else next(iter(holding), None)


def _decided(said: Iterable[tuple[Layer, _Value | None]], bots_own: _Value) -> Decided[_Value]:
    return next(
        (Decided(value, layer) for layer, value in said if value is not None),
        Decided(bots_own, Layer.BOT),
    )


def _who_forces(wished: Decided[bool]) -> Layer:
    """Whoever wished for safe mode; where somebody wished it off, the bot."""
    return wished.by if wished.value else Layer.BOT
