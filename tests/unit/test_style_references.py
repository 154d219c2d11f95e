"""Pictures that a style carries along: how many, and which reach the model."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.styles.errors import (
    NoSuchReference,
    ReferencesFull,
    ReferenceThere,
    ServerReferencesFull,
)
from bot.domain.styles.references import (
    MOST_BYTES,
    MOST_OF_A_SERVER,
    MOST_OF_A_STYLE,
    StyleReference,
    check_new,
    check_weight,
    joined,
    numbered,
)
from bot.domain.tools.errors import PictureTooHeavy

PICTURES = st.lists(st.sampled_from("abcdef"), unique=True, max_size=4).map(
    lambda names: tuple(map(kept, names))
)


def kept(name: str) -> StoredPicture:
    return StoredPicture(sha256=name, content_type="image/webp", size_bytes=1)


def reference(name: str, style_id: str = "noir") -> StyleReference:
    return StyleReference(
        style_id=style_id,
        guild_id=GuildId(1),
        user_id=UserId(1),
        picture=kept(name),
        added_at=datetime(2026, 5, 4, tzinfo=UTC),
    )


@given(PICTURES, PICTURES, st.integers(0, 5))
def test_what_a_member_gives_comes_first_and_the_styles_fill_what_is_left(
    mine: tuple[StoredPicture, ...], of_style: tuple[StoredPicture, ...], most: int
) -> None:
    found = joined(mine, of_style, most=most)

    assert found[: len(mine)] == mine
    assert len(set(found)) == len(found)
    assert {*found} <= {*mine, *of_style}
    if most == 0:
        assert {*found} == {*mine, *of_style}
    else:
        assert len(found) == max(len(mine), min(most, len({*mine, *of_style})))


def test_a_style_has_three_pictures_and_a_server_thirty() -> None:
    full = [reference(f"{at}") for at in range(MOST_OF_A_STYLE)]
    others = [reference(f"{at}", f"style-{at}") for at in range(MOST_OF_A_SERVER)]

    with pytest.raises(ReferencesFull):
        check_new(reference("new"), full)
    with pytest.raises(ServerReferencesFull):
        check_new(reference("new"), others)
    with pytest.raises(ReferenceThere):
        check_new(reference("0"), full[:1])
    check_new(reference("0", "other"), full)


def test_a_picture_is_named_by_its_number() -> None:
    there = [reference("a"), reference("b")]

    assert numbered(there, 2) == there[1]
    for number in (0, 3):
        with pytest.raises(NoSuchReference):
            numbered(there, number)


def test_heavy_pictures_are_not_kept_with_a_style() -> None:
    check_weight(MOST_BYTES)
    with pytest.raises(PictureTooHeavy):
        check_weight(MOST_BYTES + 1)
