import pytest

from bot.domain.jobs.progress import estimate_s, typical_s


def test_one_slow_image_does_not_spoil_the_estimate() -> None:
    assert typical_s([1_000, 1_200, 90_000]) == 1.2


def test_without_any_measurement_there_is_no_estimate() -> None:
    assert typical_s([]) is None
    assert estimate_s(None, images_ahead=3, images_left=1, at_once=4) is None


@pytest.mark.parametrize(
    ("ahead", "left", "at_once", "expected"),
    [(0, 1, 4, 2.0), (0, 4, 4, 2.0), (1, 4, 4, 4.0), (8, 1, 1, 18.0)],
)
def test_images_are_painted_in_rounds(ahead: int, left: int, at_once: int, expected: float) -> None:
    assert estimate_s(2.0, images_ahead=ahead, images_left=left, at_once=at_once) == expected
