"""Entries of the model list become models, and nothing in one breaks the list."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models.image_model import (
    Deprecation,
    ImageModel,
    ModelKind,
    PixelSizing,
    Quality,
    RatioSizing,
    TierSizing,
)
from bot.venice.entries import read_entries

LIST = Path(__file__).parents[3] / "shared" / "venice" / "models.json"

needs_list = pytest.mark.skipif(
    not LIST.exists(), reason="shared/venice/models.json is not beside the repository"
)


def make_entry(*, kind: str = "image", model_id: str = "m", **spec: Any) -> dict[str, Any]:
    usual = {
        "name": "A model",
        "constraints": {"promptCharacterLimit": 1_500, "widthHeightDivisor": 8},
        "pricing": {"generation": {"usd": 0.01, "diem": 0.01}},
        "traits": [],
        "offline": False,
    }
    return {"id": model_id, "type": kind, "object": "model", "model_spec": usual | spec}


def read_one(**entry: Any) -> ImageModel:
    read = read_entries([make_entry(**entry)])
    assert read.skipped == 0
    return read.models[0]


@needs_list
def test_every_entry_of_the_list_is_read() -> None:
    entries = json.loads(LIST.read_text("utf-8"))["data"]
    read = read_entries(entries)
    assert read.skipped == 0
    assert [model.id for model in read.models] == [entry["id"] for entry in entries]
    kinds = {str(model.id): model.kind for model in read.models}
    assert kinds["bria-bg-remover"] is ModelKind.CUTOUT
    assert kinds["upscaler"] is ModelKind.UPSCALE
    assert kinds["z-image-turbo"] is ModelKind.GENERATE
    assert kinds["flux-2-max-edit"] is ModelKind.EDIT
    assert all(
        (model.sizing is not None) == (model.kind in {ModelKind.GENERATE, ModelKind.EDIT})
        for model in read.models
    )


@pytest.mark.parametrize(
    ("constraints", "sizing"),
    [
        ({"widthHeightDivisor": 8}, PixelSizing(8)),
        ({"widthHeightDivisor": 16}, PixelSizing(16)),
        ({}, PixelSizing(16)),
        (None, PixelSizing(16)),
        (
            {"widthHeightDivisor": 1, "aspectRatios": ["1:1", "19.5:9"]},
            RatioSizing(("1:1", "19.5:9")),
        ),
        (
            {"aspectRatios": ["1:1"], "defaultAspectRatio": "1:1", "resolutions": []},
            RatioSizing(("1:1",), "1:1"),
        ),
        (
            {"aspectRatios": ["1:1"], "resolutions": ["1k", "2k"], "defaultResolution": "1k"},
            TierSizing(("1:1",), ("1k", "2k"), None, "1k"),
        ),
    ],
)
def test_the_fields_say_which_idiom_a_model_speaks(constraints: object, sizing: object) -> None:
    assert read_one(constraints=constraints).sizing == sizing


@pytest.mark.parametrize(
    "constraints",
    [
        {"aspectRatios": "1:1"},
        {"aspectRatios": [1, 2]},
        {"aspectRatios": ["1:1"], "resolutions": {"1K": True}},
        {"widthHeightDivisor": "eight"},
        {"widthHeightDivisor": 0.5},
        {"widthHeightDivisor": 1_000},
    ],
)
def test_a_model_that_nobody_knows_how_to_size_is_left_out(constraints: object) -> None:
    read = read_entries([make_entry(constraints=constraints), make_entry(model_id="good")])
    assert [model.id for model in read.models] == ["good"]
    assert read.skipped == 1


@pytest.mark.parametrize(
    "entry",
    [
        None,
        7,
        "model",
        [],
        {},
        {"id": "m"},
        {"id": "m", "type": "image"},
        {"id": "m", "type": "image", "model_spec": None},
        {"id": "m", "type": "image", "model_spec": "none"},
        {"id": "", "type": "image", "model_spec": {}},
        {"id": 7, "type": "image", "model_spec": {}},
        {"id": "m", "type": None, "model_spec": {}},
    ],
)
def test_an_entry_that_is_none_is_counted_and_left_out(entry: object) -> None:
    read = read_entries([entry, make_entry(model_id="good")])
    assert [model.id for model in read.models] == ["good"]
    assert read.skipped == 1


def test_entries_of_other_types_are_none_of_ours() -> None:
    read = read_entries([make_entry(kind="text"), make_entry(kind="video")])
    assert (read.models, read.skipped) == ((), 0)


def test_an_id_that_comes_twice_is_one_model() -> None:
    read = read_entries([make_entry(name="Old"), make_entry(name="New")])
    assert [model.name for model in read.models] == ["New"]


@pytest.mark.parametrize(
    "oddity",
    [
        {"name": None},
        {"name": 7},
        {"traits": "default"},
        {"traits": None},
        {"pricing": None},
        {"pricing": []},
        {"pricing": {"generation": 3, "resolutions": [], "quality": {"1K": 3}}},
        {"pricing": {"generation": {"usd": "a lot"}, "inputImages": "many"}},
        {"pricing": {"generation": {"usd": -1}}},
        {"pricing": {"generation": {"usd": float("nan")}}},
        {"privacy": {"level": 1}},
        {"offline": "perhaps"},
        {"supportsWebSearch": {}},
        {"deprecation": "soon"},
        {"deprecation": {"removesAt": 3, "replacementModelId": []}},
        {"constraints": {"widthHeightDivisor": 8, "promptCharacterLimit": "many"}},
        {"constraints": {"widthHeightDivisor": 8, "steps": 20}},
        {"constraints": {"widthHeightDivisor": 8, "steps": {"default": -1, "max": None}}},
        {"constraints": {"widthHeightDivisor": 8, "qualities": "low"}},
        {"constraints": {"widthHeightDivisor": 8, "qualities": ["ultra"]}},
        {"constraints": {"widthHeightDivisor": 8, "maxStyleReferences": "few"}},
        {"newField": {"deeply": ["new"]}},
    ],
)
def test_an_odd_field_costs_only_itself(oddity: dict[str, Any]) -> None:
    model = read_one(**oddity)
    assert model.id == "m"
    assert model.sizing == PixelSizing(8)
    assert model.prices.flat in {None, 10_000}


def test_a_missing_name_or_limit_has_a_substitute() -> None:
    model = read_one(name=None, constraints={"widthHeightDivisor": 8})
    assert model.name == "m"
    assert model.prompt_limit == 1_500


def test_steps_count_on_pixel_models_alone() -> None:
    steps = {"steps": {"default": 8, "max": 30}}
    pixels = read_one(constraints={"widthHeightDivisor": 8, **steps})
    assert (pixels.steps_default, pixels.steps_max) == (8, 30)
    ratio = read_one(constraints={"aspectRatios": ["1:1"], **steps})
    assert (ratio.steps_default, ratio.steps_max) == (None, None)


def test_style_references_need_the_word_that_they_are_supported() -> None:
    constraints = {"aspectRatios": ["1:1"], "maxStyleReferences": 3}
    assert read_one(constraints=constraints).max_style_references == 0
    model = read_one(constraints=constraints, supportsStyleReferences=True)
    assert model.max_style_references == 3


@pytest.mark.parametrize(
    ("constraints", "images"),
    [
        ({"combineImages": True, "maxInputImages": 6}, 6),
        ({"combineImages": True}, 3),
        ({}, 3),
        ({"combineImages": False, "maxInputImages": 6}, 1),
    ],
)
def test_how_many_pictures_an_edit_takes(constraints: dict[str, Any], images: int) -> None:
    edit = {"aspectRatios": ["auto", "1:1"], **constraints}
    assert read_one(kind="inpaint", constraints=edit).max_input_images == images


def test_an_edit_model_without_ratios_follows_its_input() -> None:
    assert read_one(kind="inpaint", constraints={}).sizing is None


def test_qualities_in_any_case_and_a_default_that_is_one_of_them() -> None:
    constraints = {"aspectRatios": ["1:1"], "qualities": ["Low", "HIGH", "ultra"]}
    model = read_one(constraints={**constraints, "defaultQuality": "high"})
    assert model.qualities == (Quality.LOW, Quality.HIGH)
    assert model.default_quality is Quality.HIGH
    other = read_one(constraints={**constraints, "defaultQuality": "medium"})
    assert other.default_quality is None


@pytest.mark.parametrize(
    ("notice", "deprecation"),
    [
        (
            {"removesAt": "2026-12-16T00:00:00.000Z", "replacementModelId": "lustify-v8"},
            Deprecation(datetime(2026, 12, 16, tzinfo=UTC), "lustify-v8"),  # type: ignore[arg-type]  # a NewType
        ),
        (
            {"date": "2025-03-01 00:00:00+00:00"},
            Deprecation(datetime(2025, 3, 1, tzinfo=UTC), None),
        ),
        ({"date": "2025-03-01"}, Deprecation(datetime(2025, 3, 1, tzinfo=UTC), None)),
        ({"date": "in spring"}, Deprecation(None, None)),
        (None, None),
    ],
)
def test_a_deprecation_is_known_as_far_as_it_can_be_read(
    notice: object, deprecation: Deprecation | None
) -> None:
    assert read_one(deprecation=notice).deprecation == deprecation


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["usd", "1K", "low", "default", "max", "x"]), inner)
    ),
    max_leaves=6,
)


@given(
    spec=st.dictionaries(
        st.sampled_from(
            ["name", "pricing", "constraints", "traits", "offline", "deprecation", "privacy"]
        ),
        anything,
    ),
    constraints=st.dictionaries(
        st.sampled_from(
            ["aspectRatios", "resolutions", "widthHeightDivisor", "steps", "qualities"]
        ),
        anything,
    ),
)
def test_no_entry_breaks_the_list(spec: dict[str, Any], constraints: dict[str, Any]) -> None:
    entries = [
        make_entry(model_id="odd", **spec),
        make_entry(model_id="odd-constraints", constraints=constraints),
        make_entry(model_id="good"),
    ]
    read = read_entries(entries)
    assert "good" in {model.id for model in read.models}
    assert len(read.models) + read.skipped == 3
