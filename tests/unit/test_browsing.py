import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ImageId
from bot.domain.library.browsing import (
    Direction,
    Turn,
    number_target,
    page_count,
    read_number_target,
    read_turn_target,
    slug,
    turn_target,
)
from bot.ui.parts.actions import ActionButton

page_ids = st.text("0123456789abcdef", min_size=12, max_size=12)
image_ids = st.text("0123456789abcdef-", min_size=1, max_size=20).map(ImageId)
turns = st.builds(Turn, st.sampled_from(Direction), image_ids)


@given(page_id=page_ids, turn=turns)
def test_a_turn_comes_back_from_its_button(page_id: str, turn: Turn) -> None:
    target = turn_target(page_id, turn)

    assert read_turn_target(target) == (page_id, turn)
    assert fits_a_button("pictures_onwards", target)


@given(page_id=page_ids, number=st.integers(0, 9_999))
def test_a_number_comes_back_from_its_button(page_id: str, number: int) -> None:
    target = number_target(page_id, number)

    assert read_number_target(target) == (page_id, number)
    assert fits_a_button("models_onwards", target)


@given(st.text())
def test_any_name_has_a_slug_that_a_button_carries(name: str) -> None:
    assert slug(name) == "" or fits_a_button("start_model", slug(name))


def fits_a_button(kind: str, target: str) -> bool:
    custom_id = ActionButton(kind, target).item.custom_id
    assert custom_id is not None
    pattern = ActionButton.__discord_ui_compiled_template__
    return len(custom_id) <= 100 and pattern.fullmatch(custom_id) is not None


@pytest.mark.parametrize("target", ["none", "", "abc-", "abc-x1", "-n1", "abc-n"])
def test_other_targets_are_no_turns(target: str) -> None:
    assert read_turn_target(target) is None


@pytest.mark.parametrize("target", ["none", "abc-", "abc-12345", "abc--1", "abc-n1"])
def test_other_targets_are_no_numbers(target: str) -> None:
    assert read_number_target(target) is None


@pytest.mark.parametrize(("entries", "pages"), [(0, 1), (1, 1), (5, 1), (6, 2), (60, 12)])
def test_how_many_pages_there_are(entries: int, pages: int) -> None:
    assert page_count(entries) == pages
