"""Every message and form that the bot can show is one that Discord takes, in every language."""

import dataclasses
import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator
from types import ModuleType, UnionType
from typing import get_args, get_type_hints

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.ui
from bot.domain.errors import GondolaError
from bot.text.words import languages, words_for
from bot.ui.parts.modals import BaseModal
from bot.ui.parts.panel import panel, remark
from bot.ui.parts.presenter import error_panel
from bot.ui.parts.style import CANAL
from tests.contract import (
    message_samples,
    question_samples,
    samples_of_battles,
    samples_of_contests,
    samples_of_insight,
    samples_of_moderation,
    samples_of_people,
    samples_of_privacy,
    samples_of_quotas,
    samples_of_reviews,
    samples_of_rounds,
    samples_of_spending,
    samples_of_style_rules,
    samples_of_vote_checks,
    style_samples,
)
from tests.contract.discord_bodies import faults_in_message, faults_in_modal
from tests.contract.sampling import Sample
from tests.unit.test_texts import ERRORS, instances
from tests.wire.discord.contract import DESCRIPTION_PATH
from tests.wire.discord.json_types import JsonObject, JsonValue

SAMPLES = (
    message_samples.SAMPLES
    | question_samples.SAMPLES
    | samples_of_battles.SAMPLES
    | samples_of_contests.SAMPLES
    | samples_of_moderation.SAMPLES
    | samples_of_people.SAMPLES
    | samples_of_privacy.SAMPLES
    | samples_of_quotas.SAMPLES
    | samples_of_reviews.SAMPLES
    | samples_of_rounds.SAMPLES
    | samples_of_insight.SAMPLES
    | samples_of_spending.SAMPLES
    | samples_of_style_rules.SAMPLES
    | samples_of_vote_checks.SAMPLES
    | style_samples.SAMPLES
)

V2 = 1 << 15

SHAPES = {"bot.ui.parts.panel.panel", "bot.ui.parts.panel.remark", "bot.ui.parts.modals.BaseModal"}
"""Of these, messages and forms are made; they show nothing of their own."""

ONE_SENTENCE = {
    "bot.ui.parts.actions": "that a button is outdated",
    "bot.ui.parts.answers": "a sentence of `bot/text`, which the behaviour tests press for",
    "bot.ui.quotas.budget_messages": "a sentence of `bot/text/quotas/budgets.py`",
    "bot.ui.moderation.log_messages": "a sentence of `bot/text/moderation/log.py`",
    "bot.ui.client.operator": "a sentence of the alert desk",
}
"""Modules that draw in place, and what."""


def faults_in(sample: Sample) -> list[str]:
    if isinstance(sample, discord.ui.Modal):
        return faults_in_modal(sample.to_dict())
    return faults_in_message(body_of(sample))


def body_of(view: discord.ui.LayoutView) -> JsonObject:
    components: JsonValue = json.loads(json.dumps(view.to_components()))  # type: ignore[no-untyped-call] # discord.py does not say
    return {"components": components, "flags": V2}


def modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(bot.ui.__path__, "bot.ui."):
        yield importlib.import_module(module.name)


def draws(member: object) -> bool:
    """Whether something makes a message or a form."""
    if inspect.isclass(member):
        return issubclass(member, BaseModal)
    if not inspect.isfunction(member) or member.__name__.startswith("_"):
        return False
    made = get_type_hints(member).get("return")
    either = get_args(made) if isinstance(made, UnionType) else (made,)
    return any(has_view(each) for each in either)


def has_view(made: object) -> bool:
    """Whether a type is a message, or a value that carries one."""
    if not inspect.isclass(made):
        return False
    fields = get_type_hints(made) if dataclasses.is_dataclass(made) else {}
    return discord.ui.LayoutView in {made, fields.get("view")}


MAKERS = {
    f"{module.__name__}.{name}"
    for module in modules()
    for name, member in vars(module).items()
    if getattr(member, "__module__", None) == module.__name__ and draws(member)
} - SHAPES


def test_every_message_and_form_has_samples() -> None:
    assert SAMPLES.keys() == MAKERS


def test_nothing_else_draws_messages() -> None:
    """What a module draws in place is drawn nowhere in this file, so it has to be told of here."""
    sampled = {name.rpartition(".")[0] for name in SAMPLES}
    drawing = {
        module.__name__
        for module in modules()
        if module.__name__ != "bot.ui.parts.panel" and {panel, remark} & {*_functions(module)}
    }

    assert drawing - sampled == ONE_SENTENCE.keys()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("maker", sorted(SAMPLES))
async def test_discord_takes_it(maker: str, language: str) -> None:
    samples = list(SAMPLES[maker](words_for(language)))

    assert samples
    assert [fault for sample in samples for fault in faults_in(sample)] == []


@pytest.mark.parametrize("error_type", ERRORS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_discord_takes_every_error(error_type: type[GondolaError], data: st.DataObject) -> None:
    error = data.draw(instances(error_type))

    for language in languages():
        assert faults_in(error_panel(error, words_for(language))) == []


class TestWhatDiscordRefuses:
    """The checks themselves: each limit is noticed where it is passed by one."""

    def test_a_long_text(self) -> None:
        assert faults_in(panel("a" * 2_000, "b" * 2_000, colour=CANAL)) == []
        assert faults_in(panel("a" * 2_000, "b" * 2_001, colour=CANAL)) != []

    @pytest.mark.parametrize(("texts", "is_taken"), [(40, True), (41, False)])
    def test_many_components(self, texts: int, *, is_taken: bool) -> None:
        lines: list[JsonValue] = [{"type": 10, "content": "a"}] * texts
        assert (faults_in_message({"components": lines, "flags": V2}) == []) is is_taken

    @pytest.mark.parametrize(("label", "custom_id"), [("a" * 81, "b"), ("a", "b" * 101)])
    def test_a_long_button(self, label: str, custom_id: str) -> None:
        short: JsonObject = {"type": 1, "components": [button("a", "b")]}
        long: JsonObject = {"type": 1, "components": [button(label, custom_id)]}
        assert faults_in_message({"components": [short], "flags": V2}) == []
        assert faults_in_message({"components": [long], "flags": V2}) != []

    def test_two_buttons_of_the_same_id(self) -> None:
        row: JsonObject = {"type": 1, "components": [button("a", "c"), button("b", "c")]}
        assert faults_in_message({"components": [row], "flags": V2}) != []

    @pytest.mark.parametrize(("options", "is_taken"), [(25, True), (26, False)])
    def test_a_long_select(self, options: int, *, is_taken: bool) -> None:
        select: JsonObject = {
            "type": 3,
            "custom_id": "s",
            "options": [{"label": f"{n}", "value": f"{n}"} for n in range(options)],
        }
        row: JsonObject = {"type": 1, "components": [select]}
        assert (faults_in_message({"components": [row], "flags": V2}) == []) is is_taken

    @pytest.mark.parametrize(
        ("title", "label", "is_taken"),
        [("t" * 45, "l" * 45, True), ("t" * 46, "l", False), ("t", "l" * 46, False)],
    )
    def test_a_long_form(self, title: str, label: str, *, is_taken: bool) -> None:
        field: JsonObject = {"type": 4, "custom_id": "f", "style": 1}
        labelled: JsonObject = {"type": 18, "label": label, "component": field}
        form: JsonObject = {"custom_id": "m", "title": title, "components": [labelled]}
        assert (faults_in_modal(form) == []) is is_taken

    @pytest.mark.skipif(not DESCRIPTION_PATH.exists(), reason="no description of Discord's API")
    def test_a_field_that_is_of_another_kind(self) -> None:
        assert faults_in_message({"components": [{"type": 10, "content": 7}], "flags": V2}) != []


def button(label: str, custom_id: str) -> JsonObject:
    return {"type": 2, "style": 2, "label": label, "custom_id": custom_id}


def _functions(module: ModuleType) -> Iterator[object]:
    return (member for member in vars(module).values() if inspect.isfunction(member))
