"""The gate: one function decides what may be asked and what may be shown.

Every path calls it before a job is written, before each image is sent, and again at delivery. The
rules of a place are in its `PolicySnapshot`; what is forbidden everywhere is not, so that no
setting can take it away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Generic, TypeVar

from bot.domain.asking.any_recipe import AnyRecipe, negative_of, prompt_of
from bot.domain.asking.request import MAX_IMAGES_PER_REQUEST
from bot.domain.conduct.bars import NOBODY_BARRED, Bar, Barred
from bot.domain.errors import RefusedByRule
from bot.domain.gate.channel_rules import ArtCommand, PrivateImages, Review, UnknownSignals
from bot.domain.gate.holding import Look, held_by
from bot.domain.gate.rule import Rule
from bot.domain.ids import GuildId, ModelId, UserId
from bot.domain.terms import TermMatcher
from bot.domain.terms.always_forbidden import is_always_forbidden
from bot.domain.tools.recipes import CutOutRecipe, UpscaleRecipe

NO_TERMS = TermMatcher(())


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySnapshot:
    """The rules of one place at one moment.

    Attributes:
        safe_mode: whether every picture is made with it.
        allowed_guilds: the servers that may use the bot; empty for all.
        allowed_models: no others; None for all.
        forbidden_models: never these.
        uncensored_models: those of the catalogue, which are forbidden under safe mode.
        commands: no others.
        most_images: in one request.
        private_images: who may make them.
        review: which pictures moderators see first.
        unknown_signals: what becomes of pictures of which nobody knows that they are safe.
        slow_mode: between two requests of one member who is no moderator. It is kept where
            requests are written, not by `decide`, which has no clock.
        terms: what prompts may not hold.
        spoilers: whether pictures are covered until they are tapped.
        paused: whether nothing new is painted.
        barred: who may ask for nothing.
    """

    safe_mode: bool = True
    allowed_guilds: frozenset[GuildId] = frozenset()
    allowed_models: frozenset[ModelId] | None = None
    forbidden_models: frozenset[ModelId] = frozenset()
    uncensored_models: frozenset[ModelId] = frozenset()
    commands: frozenset[ArtCommand] = frozenset(ArtCommand)
    most_images: int = MAX_IMAGES_PER_REQUEST
    private_images: PrivateImages = PrivateImages.EVERYBODY
    review: Review = Review.NONE
    unknown_signals: UnknownSignals = UnknownSignals.SHOW
    slow_mode: timedelta = timedelta(0)
    terms: TermMatcher = NO_TERMS
    spoilers: bool = False
    paused: bool = False
    barred: Barred = NOBODY_BARRED


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks, and in which server; `guild_id` is None in direct messages.

    `by_moderator` and `by_new_member` are what the member was in the place when they asked; they
    count at a delivery.
    """

    user_id: UserId
    guild_id: GuildId | None
    by_moderator: bool = False
    by_new_member: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked for beside the recipe, at the moment in which a member asks.

    `by_moderator` is whether Discord lets the member manage messages in the place.
    """

    command: ArtCommand = ArtCommand.IMAGINE
    images: int
    private: bool
    by_moderator: bool


@dataclass(frozen=True, slots=True)
class SafetySignals:
    """What the API said of a picture; None where it said nothing."""

    blurred: bool | None = None
    content_violation: bool | None = None


NO_SIGNALS = SafetySignals()

_AnyRecipe = TypeVar("_AnyRecipe", bound=AnyRecipe)


@dataclass(frozen=True, slots=True)
class Allow(Generic[_AnyRecipe]):
    """Go on with this recipe. `changed_by` names the rules that altered it."""

    recipe: _AnyRecipe
    changed_by: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Hold(Generic[_AnyRecipe]):
    """It is painted, and a moderator sees it first."""

    recipe: _AnyRecipe
    rule: Rule


@dataclass(frozen=True, slots=True)
class Refuse:
    """No, and by which rule; `bar` is what keeps this member from asking at all."""

    rule: Rule
    bar: Bar | None = None


Decision = Allow[_AnyRecipe] | Hold[_AnyRecipe] | Refuse


def decide(
    policy: PolicySnapshot,
    requester: Requester,
    recipe: _AnyRecipe,
    signals: SafetySignals | None = None,
    *,
    asking: Asking | None = None,
    rewritten: str | None = None,
) -> Decision[_AnyRecipe]:
    """Decide on a request, or on whether a recipe may still be painted, or on a delivery.

    Args:
        policy: the rules of the place now.
        requester: who asks, or has asked.
        recipe: what is to be painted, or was painted.
        signals: given for a painted picture. It is judged by what it is: a pause does not withhold
            it, and safe mode cannot be turned on for it any more. A blocked member's is not shown.
        asking: given when a member asks. What they were allowed then is not asked again.
        rewritten: what the API made of the prompt, where it was asked to rewrite it; it is held
            to the same words as the prompt itself.
    """
    rule = next(_broken(policy, requester, recipe, signals, asking), None)
    if rule is None and rewritten:
        rule = next(_broken_by_words(policy, [rewritten]), None)
    if rule is not None:
        bar = policy.barred.bar_of(requester.user_id)
        return Refuse(rule, bar if bar is not None and bar.rule is rule else None)
    if signals is not None:
        return _decide_on_showing(policy, requester, recipe, signals)
    if isinstance(recipe, UpscaleRecipe | CutOutRecipe):
        return Allow(recipe)
    if policy.safe_mode and not recipe.safe_mode:
        return Allow(replace(recipe, safe_mode=True), changed_by=(Rule.SAFE_MODE,))
    return Allow(recipe)


def refusal_of(decision: Refuse | Hold[_AnyRecipe]) -> RefusedByRule:
    """The error by which a member is told that something is not painted or not shown."""
    return RefusedByRule(decision.rule, decision.bar if isinstance(decision, Refuse) else None)


def _decide_on_showing(
    policy: PolicySnapshot, requester: Requester, recipe: _AnyRecipe, signals: SafetySignals
) -> Decision[_AnyRecipe]:
    is_unsafe = not isinstance(recipe, UpscaleRecipe | CutOutRecipe) and not recipe.safe_mode
    if policy.safe_mode and is_unsafe:
        return Refuse(Rule.SAFE_MODE)
    if requester.guild_id is None:
        # Nobody moderates direct messages.
        return Allow(recipe)
    look = Look(
        by_moderator=requester.by_moderator,
        by_new_member=requester.by_new_member,
        flagged=signals.blurred is True,
        vouched_for=_is_vouched_for(recipe, signals),
    )
    rule = held_by(policy.review, policy.unknown_signals, look, safe_mode=policy.safe_mode)
    return Allow(recipe) if rule is None else Hold(recipe, rule)


def _is_vouched_for(recipe: AnyRecipe, signals: SafetySignals) -> bool:
    """Whether anybody has said what the picture is. A blurred one is known for what it is."""
    if isinstance(recipe, UpscaleRecipe | CutOutRecipe):
        return recipe.known_safe
    return signals.blurred is not None and signals.content_violation is not None


def is_known_safe(recipe: AnyRecipe, signals: SafetySignals) -> bool:
    """Whether a picture is on record as safe: made under safe mode, and nothing was found.

    A missing signal is not taken for a good one.
    """
    if isinstance(recipe, UpscaleRecipe | CutOutRecipe):
        return recipe.known_safe
    return recipe.safe_mode and signals.blurred is False and signals.content_violation is False


def _broken(
    policy: PolicySnapshot,
    requester: Requester,
    recipe: AnyRecipe,
    signals: SafetySignals | None,
    asking: Asking | None,
) -> Iterator[Rule]:
    """The rules that are broken, the one that is told first."""
    if not _server_admitted(policy, requester):
        yield Rule.SERVER_NOT_ALLOWED
    bar = policy.barred.bar_of(requester.user_id)
    if bar is not None and (signals is None or bar.rule is Rule.BLOCKED):
        yield bar.rule
    if signals is not None and signals.content_violation:
        yield Rule.CONTENT_VIOLATION
    if signals is None and policy.paused:
        yield Rule.PAUSED
    if asking is not None:
        yield from _broken_by_asking(policy, asking)
    yield from _broken_by_model(policy, recipe.model)
    yield from _broken_by_words(policy, [prompt_of(recipe), negative_of(recipe)])
    if _cannot_be_vouched_for(policy, recipe):
        yield Rule.PICTURE_NOT_KNOWN_SAFE


def _cannot_be_vouched_for(policy: PolicySnapshot, recipe: AnyRecipe) -> bool:
    """Upscales and cut-outs come without signals, so that only their input can vouch for them."""
    if not isinstance(recipe, UpscaleRecipe | CutOutRecipe):
        return False
    return policy.safe_mode and not recipe.known_safe


def _server_admitted(policy: PolicySnapshot, requester: Requester) -> bool:
    if requester.guild_id is None or not policy.allowed_guilds:
        return True
    return requester.guild_id in policy.allowed_guilds


def _broken_by_asking(policy: PolicySnapshot, asking: Asking) -> Iterator[Rule]:
    if asking.command not in policy.commands:
        yield Rule.COMMAND_NOT_ALLOWED
    if asking.images > policy.most_images:
        yield Rule.TOO_MANY_IMAGES
    if asking.private and not _may_be_private(policy.private_images, asking):
        yield Rule.PRIVATE_IMAGES


def _may_be_private(who: PrivateImages, asking: Asking) -> bool:
    return who is PrivateImages.EVERYBODY or (
        who is PrivateImages.MODERATORS and asking.by_moderator
    )


def _broken_by_model(policy: PolicySnapshot, model: ModelId) -> Iterator[Rule]:
    is_allowed = policy.allowed_models is None or model in policy.allowed_models
    if not is_allowed or model in policy.forbidden_models:
        yield Rule.MODEL_NOT_ALLOWED
    if policy.safe_mode and model in policy.uncensored_models:
        yield Rule.UNCENSORED_MODEL


def _broken_by_words(policy: PolicySnapshot, said: Sequence[str | None]) -> Iterator[Rule]:
    texts = [text for text in said if text]
    if any(map(is_always_forbidden, texts)):
        yield Rule.FORBIDDEN_EVERYWHERE
    if any(policy.terms.first(text) is not None for text in texts):
        yield Rule.BLOCKED_TERM
