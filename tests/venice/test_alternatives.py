"""Which models can take the place of another."""

from typing import Any

import pytest

from bot.domain.models.image_model import ImageModel
from bot.venice.alternatives import nearest_models
from bot.venice.entries import read_entries
from tests.venice.test_entries import make_entry

RATIO = {"aspectRatios": ["1:1", "16:9"], "defaultAspectRatio": "1:1"}


def make_model(model_id: str, usd: float | None = 0.05, **overrides: Any) -> ImageModel:
    kind = overrides.pop("kind", "image")
    spec = {
        "name": model_id,
        "constraints": RATIO,
        "pricing": {} if usd is None else {"generation": {"usd": usd}},
    }
    return read_entries([make_entry(model_id=model_id, kind=kind, **spec | overrides)]).models[0]


def ids(model: ImageModel, *others: ImageModel) -> list[str]:
    return [other.id for other in nearest_models(model, others)]


def test_the_nearest_is_sized_the_same_way_then_costs_about_the_same() -> None:
    model = make_model("m", 0.05)
    pixels = make_model("pixels", 0.05, constraints={"widthHeightDivisor": 8})
    others = [pixels, make_model("dear", 0.2), make_model("near", 0.06), make_model("free?", None)]
    assert ids(model, *others) == ["near", "dear", "free?", "pixels"]


def test_equals_stand_by_name() -> None:
    assert ids(make_model("m"), make_model("b"), make_model("a")) == ["a", "b"]


@pytest.mark.parametrize(
    "unfit",
    [
        {"offline": True},
        {"uncensored": True},
        {"kind": "inpaint"},
        {"deprecation": {"date": "2031-01-01"}},
    ],
)
def test_some_never_stand_in(unfit: dict[str, Any]) -> None:
    assert ids(make_model("m"), make_model("other", **unfit)) == []


def test_a_model_does_not_stand_in_for_itself() -> None:
    assert ids(make_model("m"), make_model("m")) == []


def test_for_an_uncensored_model_both_kinds_stand_in() -> None:
    uncensored = make_model("m", uncensored=True)
    assert ids(uncensored, make_model("a"), make_model("b", uncensored=True)) == ["a", "b"]


def test_an_edit_model_that_follows_its_input_has_alternatives_too() -> None:
    edits = [make_model(name, kind="inpaint", constraints={}) for name in ("m", "other")]
    assert ids(*edits) == ["other"]
