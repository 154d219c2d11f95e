"""The pure gate, in the full product of its rules: nothing unsafe is let into a safe place.

Every channel's settings are put through `rules_of` with and without an age restriction, so that
safe mode is off only where Discord marks the channel.
"""

import itertools
from collections.abc import Iterator
from typing import Literal

import pytest

from bot.domain.asking.any_recipe import AnyRecipe
from bot.domain.gate.channel_rules import (
    ArtCommand,
    ChannelSettings,
    Layer,
    PrivateImages,
    rules_of,
)
from bot.domain.gate.policy import (
    NO_TERMS,
    Allow,
    Asking,
    PolicySnapshot,
    Requester,
    SafetySignals,
    decide,
)
from bot.domain.ids import GuildId, ModelId, UserId
from bot.domain.terms import TermMatcher, parse_term
from tests.tool_values import (
    make_blend_recipe,
    make_cutout_recipe,
    make_edit_recipe,
    make_upscale_recipe,
)
from tests.unit.test_policy import make_recipe

MODEL = ModelId("one-model")
WICKED = TermMatcher([parse_term("wicked")])
PROMPT = "a wicked fox"
SERVER = GuildId(1)
SIGNALS = (
    SafetySignals(blurred=False, content_violation=False),
    SafetySignals(blurred=True, content_violation=False),
    SafetySignals(blurred=True, content_violation=True),
    SafetySignals(),
)
FEW: tuple[Literal[1] | None, ...] = (None, 1)
RECIPES: dict[str, AnyRecipe] = {
    "painting, safely": make_recipe(prompt=PROMPT, model=MODEL, safe_mode=True),
    "painting": make_recipe(prompt=PROMPT, model=MODEL, safe_mode=False),
    "negative": make_recipe(negative=PROMPT, model=MODEL, safe_mode=False),
    "edit, safely": make_edit_recipe(prompt=PROMPT, model=MODEL, safe_mode=True),
    "edit": make_edit_recipe(prompt=PROMPT, model=MODEL, safe_mode=False),
    "blend": make_blend_recipe(prompt=PROMPT, model=MODEL, safe_mode=False),
    "upscale of a safe one": make_upscale_recipe(model=MODEL, known_safe=True),
    "upscale": make_upscale_recipe(model=MODEL, known_safe=False),
    "cut-out of a safe one": make_cutout_recipe(model=MODEL, known_safe=True),
    "cut-out": make_cutout_recipe(model=MODEL, known_safe=False),
}
WORDLESS = {"upscale of a safe one", "upscale", "cut-out of a safe one", "cut-out"}


def policies() -> Iterator[tuple[PolicySnapshot, bool]]:
    """Every policy, and whether Discord marks the channel as age-restricted."""
    for marked, wished, models, commands, most, private, terms, paused, guilds in itertools.product(
        (False, True),
        (None, True, False),
        ("any", "forbidden", "off the list", "uncensored"),
        (None, frozenset[ArtCommand]()),
        FEW,
        PrivateImages,
        (NO_TERMS, WICKED),
        (False, True),
        (frozenset[GuildId](), frozenset({GuildId(2)})),
    ):
        said = ChannelSettings(
            safe_mode=wished,
            allowed_models=frozenset({ModelId("other")}) if models == "off the list" else None,
            forbidden_models=frozenset({MODEL}) if models == "forbidden" else None,
            commands=commands,
            most_images=most,
            private_images=private,
        )
        rules = rules_of([(Layer.CHANNEL, said)], age_restricted=marked)
        yield (
            PolicySnapshot(
                safe_mode=rules.safe_mode.value,
                allowed_guilds=guilds,
                allowed_models=rules.allowed_models.value,
                forbidden_models=rules.forbidden_models,
                uncensored_models=frozenset({MODEL}) if models == "uncensored" else frozenset(),
                commands=rules.commands.value,
                most_images=rules.most_images.value,
                private_images=rules.private_images.value,
                terms=terms,
                paused=paused,
            ),
            marked,
        )


POLICIES = tuple(policies())


def askings(policy: PolicySnapshot) -> Iterator[tuple[Asking | None, bool]]:
    """What is asked for by each role, and whether the policy lets it; None later on."""
    yield None, True
    for by_moderator, images, private in itertools.product((False, True), (1, 2), (False, True)):
        asking = Asking(images=images, private=private, by_moderator=by_moderator)
        may_be_private = policy.private_images is PrivateImages.EVERYBODY or (
            by_moderator and policy.private_images is PrivateImages.MODERATORS
        )
        allowed = (
            asking.command in policy.commands
            and images <= policy.most_images
            and (may_be_private or not private)
        )
        yield asking, allowed


def may_pass(
    name: str, policy: PolicySnapshot, signals: SafetySignals | None, *, asked_well: bool
) -> bool:
    """What the rules say in plain words, in the order in which the documentation has them."""
    recipe = RECIPES[name]
    is_safe = getattr(recipe, "safe_mode", None)
    known_safe = getattr(recipe, "known_safe", None)
    return (
        not policy.allowed_guilds
        and not (signals is not None and signals.content_violation)
        and not (signals is None and policy.paused)
        and asked_well
        and (policy.allowed_models is None or MODEL in policy.allowed_models)
        and MODEL not in policy.forbidden_models
        and not (policy.safe_mode and MODEL in policy.uncensored_models)
        and (policy.terms is NO_TERMS or name in WORDLESS)
        and not (policy.safe_mode and known_safe is False)
        and not (policy.safe_mode and is_safe is False and signals is not None)
    )


@pytest.mark.parametrize("name", RECIPES)
def test_what_passes_the_gate_is_what_the_rules_say(name: str) -> None:
    recipe, who = RECIPES[name], Requester(UserId(7), SERVER)
    wrong = []
    for policy, marked in POLICIES:
        assert policy.safe_mode or marked
        # Whatever is asked is asked before there is a picture.
        words: list[tuple[Asking | None, SafetySignals | None, bool]]
        words = [(None, signals, True) for signals in SIGNALS]
        words += [(asking, None, allowed) for asking, allowed in askings(policy)]
        for asking, signals, asked_well in words:
            decision = decide(policy, who, recipe, signals, asking=asking)
            passed = isinstance(decision, Allow)
            if passed != may_pass(name, policy, signals, asked_well=asked_well):
                wrong.append((policy, signals, asking))
            if isinstance(decision, Allow) and policy.safe_mode:
                assert getattr(decision.recipe, "safe_mode", True)
                assert getattr(decision.recipe, "known_safe", True)
    assert wrong == []
