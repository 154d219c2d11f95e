"""Files that fit: what each of a request's files may have, and how a picture is made smaller."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.jobs.uploads import (
    DEFAULT_FILE_LIMIT_BYTES,
    LARGEST_SIDE_PX,
    MIB,
    REQUEST_LIMIT_BYTES,
    EncodingStep,
    file_allowances,
    first_step,
    next_step,
)

MOST_STEPS = 12

sizes = st.lists(st.integers(0, 60 * MIB), min_size=1, max_size=10)
limits = st.integers(1, 500 * MIB)


@given(sizes, limits)
def test_what_is_allowed_fits_the_file_and_the_request(
    sizes_bytes: list[int], limit_bytes: int
) -> None:
    allowances = file_allowances(sizes_bytes, file_limit_bytes=limit_bytes)

    sent = list(map(min, sizes_bytes, allowances))
    assert all(allowance <= limit_bytes for allowance in allowances)
    assert sum(sent) < REQUEST_LIMIT_BYTES


@given(sizes, limits)
def test_nothing_is_made_smaller_that_fits_with_all_the_others(
    sizes_bytes: list[int], limit_bytes: int
) -> None:
    allowances = file_allowances(sizes_bytes, file_limit_bytes=limit_bytes)

    if max(sizes_bytes) <= limit_bytes and sum(sizes_bytes) <= REQUEST_LIMIT_BYTES - MIB:
        assert all(map(int.__le__, sizes_bytes, allowances))


def test_a_large_picture_may_use_what_small_ones_leave() -> None:
    allowances = file_allowances([MIB, 9 * MIB, MIB, 9 * MIB], file_limit_bytes=10 * MIB)

    assert [allowance >= 9 * MIB for allowance in allowances] == [False, True, False, True]


def test_one_picture_has_the_limit_of_a_file() -> None:
    assert file_allowances([MIB], file_limit_bytes=DEFAULT_FILE_LIMIT_BYTES) == (
        DEFAULT_FILE_LIMIT_BYTES,
    )


def test_nothing_to_send_needs_no_room() -> None:
    assert file_allowances([], file_limit_bytes=1) == ()


@given(st.integers(MIB, 200 * MIB), st.floats(0.002, 1.2), st.floats(0.7, 1.3))
def test_a_picture_comes_to_fit_in_a_few_steps(
    whole_bytes: int, part: float, misjudged: float
) -> None:
    """Whatever is painted on it: the guess may be a third wrong at every quality."""
    limit_bytes = round(whole_bytes * part)
    walk = _walk(whole_bytes, limit_bytes, misjudged)
    fits = False
    for count, (step, size_bytes) in enumerate(walk, start=1):
        assert count <= MOST_STEPS
        assert 0 < step.scale <= 1
        fits = size_bytes <= limit_bytes
    assert fits


@given(st.integers(MIB, 200 * MIB), st.floats(0.002, 1.2), st.floats(0.7, 1.3))
def test_each_step_is_smaller_than_the_one_before(
    whole_bytes: int, part: float, misjudged: float
) -> None:
    steps = [step for step, _ in _walk(whole_bytes, round(whole_bytes * part), misjudged)]

    assert all(
        after.scale < before.scale or after.quality < before.quality
        for before, after in itertools.pairwise(steps)
    )


def test_quality_is_given_up_before_size() -> None:
    first = first_step(1_024, 1_024)

    second = next_step(first, size_bytes=15 * MIB, limit_bytes=10 * MIB)

    assert (first, second) == (EncodingStep(90, 1.0), EncodingStep(80, 1.0))


def test_a_hopeless_quality_is_skipped() -> None:
    step = next_step(EncodingStep(90, 1.0), size_bytes=100 * MIB, limit_bytes=10 * MIB)

    assert step is not None
    assert step.quality == 80
    assert 0.2 < step.scale < 0.5


def test_what_never_fits_is_given_up() -> None:
    assert next_step(EncodingStep(80, 1 / 32), size_bytes=MIB, limit_bytes=1) is None


@pytest.mark.parametrize("sides", [(40_000, 100), (100, 40_000)])
def test_no_side_is_longer_than_the_format_takes(sides: tuple[int, int]) -> None:
    assert round(max(sides) * first_step(*sides).scale) <= LARGEST_SIDE_PX


def _walk(whole_bytes: int, limit_bytes: int, misjudged: float) -> list[tuple[EncodingStep, int]]:
    """The steps that are tried on a picture, and what becomes of it."""
    share = {90: 1.0, 80: 0.6 * misjudged, 65: 0.42 * misjudged}
    walked: list[tuple[EncodingStep, int]] = []
    step: EncodingStep | None = first_step(1_024, 1_024)
    while step is not None:
        size_bytes = round(whole_bytes * share[step.quality] * step.scale**2)
        walked.append((step, size_bytes))
        if size_bytes <= limit_bytes:
            break
        step = next_step(step, size_bytes=size_bytes, limit_bytes=limit_bytes)
    return walked
