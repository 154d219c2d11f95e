"""Which style may be folded into which."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.ids import GuildId, UserId
from bot.domain.styles.errors import (
    MergeIntoItself,
    MergeIntoRetired,
    MergeIntoUnpaintable,
    MergesFull,
    StyleError,
    StyleMerged,
)
from bot.domain.styles.merging import (
    MAX_MERGED_STYLES,
    Merge,
    check_merge,
    merge_target,
    read_merge_target,
)
from bot.domain.styles.server_style import ServerStyle, StyleDraft

NOW = datetime(2026, 5, 4, tzinfo=UTC)


def make_style(name: str, **overrides: object) -> ServerStyle:
    style = ServerStyle(
        id=f"{name.lower()}-1",
        guild_id=GuildId(1),
        draft=StyleDraft(name=name, template="{prompt}"),
        author_id=UserId(1),
        created_at=NOW,
    )
    return replace(style, **overrides)  # type: ignore[arg-type] # fields by name


NOIR, INK = make_style("Noir"), make_style("Ink")


def checked(merge: Merge, *, paintable: bool = True, so_far: int = 0) -> None:
    check_merge(merge, into_is_paintable=paintable, merged_so_far=so_far)


@pytest.mark.parametrize(
    ("merge", "error"),
    [
        (Merge(NOIR, NOIR), MergeIntoItself),
        (Merge(replace(NOIR, merged_into=INK.id), INK), StyleMerged),
        (Merge(NOIR, replace(INK, merged_into=NOIR.id)), StyleMerged),
        (Merge(NOIR, replace(INK, retired_at=NOW)), MergeIntoRetired),
    ],
)
def test_what_cannot_be_merged(merge: Merge, error: type[StyleError]) -> None:
    with pytest.raises(error):
        checked(merge)


def test_whoever_paints_in_a_style_can_paint_in_what_it_becomes() -> None:
    with pytest.raises(MergeIntoUnpaintable):
        checked(Merge(NOIR, INK), paintable=False)

    retired = replace(NOIR, retired_at=NOW)
    checked(Merge(retired, INK), paintable=False)
    checked(Merge(retired, replace(INK, retired_at=NOW)))
    checked(Merge(retired, INK))


def test_a_server_merges_so_many_and_no_more() -> None:
    checked(Merge(NOIR, INK), so_far=MAX_MERGED_STYLES - 1)
    with pytest.raises(MergesFull):
        checked(Merge(NOIR, INK), so_far=MAX_MERGED_STYLES)


def test_a_button_holds_both_ids() -> None:
    assert read_merge_target(merge_target(Merge(NOIR, INK))) == (NOIR.id, INK.id)
    assert read_merge_target("noir-1") is None
    assert read_merge_target("noir-1_ink-1_x") is None
