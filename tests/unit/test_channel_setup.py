"""The walk of `/channel setup` is in its buttons, and comes to what was answered."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gate.channel_rules import Layer, PrivateImages, rules_of, said_in
from bot.domain.gate.channel_setup import ANSWERS, QUESTIONS, Walk, changes_of, read_walk


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    length = draw(st.integers(0, len(QUESTIONS)))
    return Walk(tuple(draw(st.integers(0, len(ANSWERS[each]) - 1)) for each in QUESTIONS[:length]))


@given(walk=walks())
def test_a_button_leads_where_it_was_made_for(walk: Walk) -> None:
    assert read_walk(walk.target) == walk
    assert walk.answered(0).before() == walk
    assert (walk.question is None) == (len(walk.chosen) == len(QUESTIONS))
    assert said_in(walk.settings).keys() == set(QUESTIONS[: len(walk.chosen)])


@given(target=st.text(max_size=8))
def test_any_other_button_leads_nowhere(target: str) -> None:
    walk = read_walk(target)

    assert walk is None or walk.target == target


def test_an_answer_that_there_is_not_leads_nowhere() -> None:
    assert read_walk("a3") is None


def test_what_the_channel_says_already_does_not_change() -> None:
    walk = Walk((0, 2, 0, 1))
    rules = rules_of([(Layer.CHANNEL, walk.settings)], age_restricted=False)

    assert walk.settings.private_images is PrivateImages.NOBODY
    assert not any(change.is_one for change in changes_of(walk, rules))
    bare = rules_of([], age_restricted=False)
    assert all(change.is_one for change in changes_of(walk, bare))
