import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.request import Recipe
from bot.domain.gate.channel_rules import ArtCommand, PrivateImages
from bot.domain.gate.policy import (
    NO_SIGNALS,
    Allow,
    Asking,
    PolicySnapshot,
    Refuse,
    Requester,
    SafetySignals,
    decide,
)
from bot.domain.gate.rule import Rule
from bot.domain.ids import GuildId, ModelId, UserId
from bot.domain.sizing import PixelSize
from bot.domain.terms import TermMatcher, parse_term

SERVER = GuildId(1)
OTHER_SERVER = GuildId(2)
VIOLATION = SafetySignals(content_violation=True)

policies = st.builds(
    PolicySnapshot,
    safe_mode=st.booleans(),
    allowed_guilds=st.sampled_from([frozenset(), frozenset({SERVER}), frozenset({OTHER_SERVER})]),
)
requesters = st.builds(
    Requester, user_id=st.just(UserId(7)), guild_id=st.sampled_from([None, SERVER, OTHER_SERVER])
)
signals = st.none() | st.builds(
    SafetySignals,
    blurred=st.none() | st.booleans(),
    content_violation=st.none() | st.booleans(),
)


def make_recipe(**overrides: object) -> Recipe:
    values: dict[str, Any] = {
        "prompt": "a lighthouse in fog",
        "model": ModelId("test-model"),
        "model_name": "Test Model",
        "size": PixelSize(1024, 1024),
        "safe_mode": True,
    }
    return Recipe(**(values | overrides))


def make_asking(*, images: int = 1, private: bool = False, by_moderator: bool = False) -> Asking:
    return Asking(images=images, private=private, by_moderator=by_moderator)


def member_of(guild_id: GuildId | None) -> Requester:
    return Requester(UserId(7), guild_id)


class TestServers:
    def test_an_empty_list_admits_every_server(self) -> None:
        recipe = make_recipe()

        assert decide(PolicySnapshot(), member_of(SERVER), recipe) == Allow(recipe)

    def test_a_list_admits_only_its_own(self) -> None:
        policy = PolicySnapshot(allowed_guilds=frozenset({SERVER}))
        recipe = make_recipe()

        assert decide(policy, member_of(SERVER), recipe) == Allow(recipe)
        assert decide(policy, member_of(OTHER_SERVER), recipe) == Refuse(Rule.SERVER_NOT_ALLOWED)

    def test_direct_messages_are_in_no_server(self) -> None:
        policy = PolicySnapshot(allowed_guilds=frozenset({SERVER}))
        recipe = make_recipe()

        assert decide(policy, member_of(None), recipe) == Allow(recipe)


class TestSafeMode:
    def test_it_is_turned_on_where_the_place_demands_it_and_the_rule_is_named(self) -> None:
        recipe = make_recipe(safe_mode=False)

        assert decide(PolicySnapshot(safe_mode=True), member_of(SERVER), recipe) == Allow(
            dataclasses.replace(recipe, safe_mode=True), changed_by=(Rule.SAFE_MODE,)
        )

    @pytest.mark.parametrize("safe_mode", [True, False])
    def test_elsewhere_the_recipe_stays(self, *, safe_mode: bool) -> None:
        recipe = make_recipe(safe_mode=safe_mode)

        assert decide(PolicySnapshot(safe_mode=False), member_of(SERVER), recipe) == Allow(recipe)

    def test_a_picture_made_without_it_is_not_shown_where_it_is_on(self) -> None:
        recipe = make_recipe(safe_mode=False)

        decision = decide(PolicySnapshot(), member_of(SERVER), recipe, NO_SIGNALS)

        assert decision == Refuse(Rule.SAFE_MODE)


class TestAsking:
    """What is about the request is asked when it is made, and not again."""

    @pytest.mark.parametrize(
        ("policy", "asking", "rule"),
        [
            (PolicySnapshot(most_images=1), make_asking(images=2), Rule.TOO_MANY_IMAGES),
            (
                PolicySnapshot(commands=frozenset({ArtCommand.EDIT})),
                make_asking(),
                Rule.COMMAND_NOT_ALLOWED,
            ),
            (
                PolicySnapshot(private_images=PrivateImages.NOBODY),
                make_asking(private=True, by_moderator=True),
                Rule.PRIVATE_IMAGES,
            ),
            (
                PolicySnapshot(private_images=PrivateImages.MODERATORS),
                make_asking(private=True),
                Rule.PRIVATE_IMAGES,
            ),
        ],
    )
    def test_it_is_refused_by_its_rule(
        self, policy: PolicySnapshot, asking: Asking, rule: Rule
    ) -> None:
        recipe = make_recipe()

        assert decide(policy, member_of(SERVER), recipe, asking=asking) == Refuse(rule)
        assert decide(policy, member_of(SERVER), recipe) == Allow(recipe)

    def test_moderators_may_be_private_where_the_rule_says_so(self) -> None:
        policy = PolicySnapshot(private_images=PrivateImages.MODERATORS)
        asking = make_asking(private=True, by_moderator=True)
        recipe = make_recipe()

        assert decide(policy, member_of(SERVER), recipe, asking=asking) == Allow(recipe)


class TestContent:
    """What is about the picture is asked at every step."""

    @pytest.mark.parametrize("said", [None, NO_SIGNALS])
    @pytest.mark.parametrize(
        ("policy", "recipe", "rule"),
        [
            (
                PolicySnapshot(terms=TermMatcher([parse_term("fog")])),
                make_recipe(),
                Rule.BLOCKED_TERM,
            ),
            (
                PolicySnapshot(terms=TermMatcher([parse_term("fog")])),
                make_recipe(prompt="a tower", negative="f0g"),
                Rule.BLOCKED_TERM,
            ),
            (PolicySnapshot(), make_recipe(prompt="nude child"), Rule.FORBIDDEN_EVERYWHERE),
            (
                PolicySnapshot(forbidden_models=frozenset({ModelId("test-model")})),
                make_recipe(),
                Rule.MODEL_NOT_ALLOWED,
            ),
            (
                PolicySnapshot(allowed_models=frozenset()),
                make_recipe(),
                Rule.MODEL_NOT_ALLOWED,
            ),
            (
                PolicySnapshot(uncensored_models=frozenset({ModelId("test-model")})),
                make_recipe(),
                Rule.UNCENSORED_MODEL,
            ),
        ],
    )
    def test_it_is_refused_by_its_rule(
        self, policy: PolicySnapshot, recipe: Recipe, rule: Rule, said: SafetySignals | None
    ) -> None:
        assert decide(policy, member_of(SERVER), recipe, said) == Refuse(rule)

    def test_uncensored_models_paint_where_safe_mode_is_off(self) -> None:
        policy = PolicySnapshot(
            safe_mode=False, uncensored_models=frozenset({ModelId("test-model")})
        )
        recipe = make_recipe(safe_mode=False)

        assert decide(policy, member_of(SERVER), recipe) == Allow(recipe)

    def test_a_pause_stops_what_is_not_painted_yet(self) -> None:
        policy, recipe = PolicySnapshot(paused=True), make_recipe()

        assert decide(policy, member_of(SERVER), recipe) == Refuse(Rule.PAUSED)
        assert decide(policy, member_of(SERVER), recipe, NO_SIGNALS) == Allow(recipe)


class TestDelivery:
    def test_what_the_api_called_a_violation_is_withheld(self) -> None:
        decision = decide(PolicySnapshot(), member_of(SERVER), make_recipe(), VIOLATION)

        assert decision == Refuse(Rule.CONTENT_VIOLATION)

    @pytest.mark.parametrize(
        "said", [NO_SIGNALS, SafetySignals(blurred=True), SafetySignals(content_violation=False)]
    )
    def test_anything_else_is_shown(self, said: SafetySignals) -> None:
        recipe = make_recipe()

        assert decide(PolicySnapshot(), member_of(SERVER), recipe, said) == Allow(recipe)

    def test_a_server_that_is_no_longer_admitted_gets_nothing_more(self) -> None:
        policy = PolicySnapshot(allowed_guilds=frozenset({OTHER_SERVER}))

        decision = decide(policy, member_of(SERVER), make_recipe(), VIOLATION)

        assert decision == Refuse(Rule.SERVER_NOT_ALLOWED)


@given(policy=policies, requester=requesters, safe_mode=st.booleans(), said=signals)
def test_nothing_is_ever_allowed_that_is_less_safe_than_its_place(
    policy: PolicySnapshot, requester: Requester, said: SafetySignals | None, *, safe_mode: bool
) -> None:
    decision = decide(policy, requester, make_recipe(safe_mode=safe_mode), said)

    if isinstance(decision, Allow):
        assert decision.recipe.safe_mode or not policy.safe_mode
        assert said is None or not said.content_violation


@given(policy=policies, requester=requesters, safe_mode=st.booleans())
def test_what_was_allowed_is_allowed_unchanged_when_it_is_asked_again(
    policy: PolicySnapshot, requester: Requester, *, safe_mode: bool
) -> None:
    first = decide(policy, requester, make_recipe(safe_mode=safe_mode))

    if isinstance(first, Allow):
        assert decide(policy, requester, first.recipe) == Allow(first.recipe)
