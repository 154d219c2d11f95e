"""What members read of edits, blends, upscales and cut-outs."""

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.asking.any_recipe import AnyRecipe, AnyRequest
from bot.domain.ids import GuildId
from bot.domain.jobs.job import ImageState, Job
from bot.domain.library.lineage import Ancestor, Sight
from bot.domain.money import UsdMicros
from bot.domain.tools.errors import AlreadyLargest, NothingToRepeat, PictureCountWrong
from bot.domain.tools.request import Tool
from bot.services.ports import JobResult, ShownImage
from bot.services.results.details import ResultDetails
from bot.text.errors import explain
from bot.text.library import library
from bot.text.results.details import image_line, lineage_lines, setting_lines
from bot.text.results.result import caption
from bot.text.tools.tools import description_of, work_of
from bot.text.words import words_for
from bot.ui.results.details_panel import details_message
from bot.ui.results.panel import result_panel
from bot.ui.results.picture_files import file_name
from tests.tool_values import (
    make_blend,
    make_blend_recipe,
    make_cutout,
    make_cutout_recipe,
    make_edit,
    make_edit_recipe,
    make_source,
    make_stored,
    make_upscale,
    make_upscale_recipe,
)
from tests.unit.test_job import make_image
from tests.unit.test_job import make_job as make_painting
from tests.unit.test_library_texts import make_entry

EN = words_for("en-GB")


def make_job(request: AnyRequest, recipe: AnyRecipe) -> Job:
    image = make_image(0, seed=0, state=ImageState.STORED, picture=make_stored("f"))
    return replace(make_painting(image), request=request, recipe=recipe)


def shown(job: Job, tmp_path: Any) -> JobResult:
    return JobResult(
        job=job,
        shown=tuple(ShownImage(image, tmp_path) for image in job.pictures),
        failed=(),
        cost_usd_micros=UsdMicros(40_000),
        took_s=3.2,
    )


def texts_of(view: discord.ui.LayoutView) -> str:
    return "\n".join(
        item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)
    )


def labels_of(view: discord.ui.LayoutView) -> set[str | None]:
    return {item.label for item in view.walk_children() if isinstance(item, discord.ui.Button)} | {
        item.item.label
        for item in view.walk_children()
        if isinstance(item, discord.ui.DynamicItem) and isinstance(item.item, discord.ui.Button)
    }


@pytest.mark.parametrize(
    ("request_", "recipe", "heading", "line"),
    [
        (
            make_edit(),
            make_edit_recipe(),
            "Edit: **make it night**",
            "FireRed Edit · $0.04 · 3.2 s",
        ),
        (
            make_blend(3),
            make_blend_recipe(aspect_ratio="1:1"),
            "Blend of 3 pictures: **both at one table**",
            "FireRed Edit · 1:1 · $0.04 · 3.2 s",
        ),
        (
            make_upscale(),
            make_upscale_recipe(),
            "**Upscale 2×**",
            "Upscaler · 2048×1536 · $0.04 · 3.2 s",
        ),
        (
            make_cutout(),
            make_cutout_recipe(),
            "**Cut-out**",
            "Background Remover · $0.04 · 3.2 s",
        ),
    ],
)
def test_a_result_says_what_was_done_by_what_for_how_much_and_how_fast(
    request_: AnyRequest, recipe: AnyRecipe, heading: str, line: str, tmp_path: Any
) -> None:
    job = make_job(request_, recipe)

    said = texts_of(result_panel(shown(job, tmp_path), EN))

    assert heading in said
    assert f"-# {line}" in said
    assert caption(job, (0,), UsdMicros(40_000), 3.2, EN) == line
    assert "seed" not in said


def test_an_upscale_has_no_button_that_would_change_nothing(tmp_path: Any) -> None:
    labels = labels_of(
        result_panel(shown(make_job(make_upscale(), make_upscale_recipe()), tmp_path), EN)
    )

    assert {"Details", "Delete"} <= labels
    assert not {"Reroll", "Remix"} & labels


def test_an_edit_can_be_rerolled_and_not_remixed(tmp_path: Any) -> None:
    labels = labels_of(result_panel(shown(make_job(make_edit(), make_edit_recipe()), tmp_path), EN))

    assert "Reroll" in labels
    assert "Remix" not in labels


def test_the_file_of_a_picture_without_a_seed_is_named_by_its_id(tmp_path: Any) -> None:
    job = make_job(make_cutout(), make_cutout_recipe())
    [item] = shown(job, tmp_path).shown

    assert file_name(item) == f"gondola-{item.image.id}.png"


def test_who_does_not_see_a_picture_is_told_what_was_done() -> None:
    assert description_of(make_edit(), EN) == "make it night"
    assert description_of(make_upscale(scale=4), EN) == "Upscale 4×"


def test_a_shared_blend_does_not_count_its_private_pictures() -> None:
    assert work_of(make_blend(sources=()), EN) == "Blend"


def test_details_say_what_was_done_and_whether_it_is_known_to_be_safe() -> None:
    job = make_job(make_cutout(), make_cutout_recipe(known_safe=False))

    settings = "\n".join(setting_lines(job, EN))

    assert "**Work:** Cut-out" in settings
    assert "**Safe mode:** not checked" in settings
    assert "seed" not in image_line(job, job.images[0], EN)


def test_details_of_what_has_no_prompt_say_so() -> None:
    job = make_job(make_upscale(), make_upscale_recipe())

    said = texts_of(details_message(ResultDetails(job, ()), EN).view)

    assert "Made without a prompt" in said


def test_a_lineage_tells_edits_from_paintings() -> None:
    lineage = (
        Ancestor(Sight.OPEN, GuildId(1), 0, None, Tool.UPSCALE),
        Ancestor(Sight.OWN_PRIVATE, seed=0, tool=Tool.EDIT),
        Ancestor(Sight.OPEN, GuildId(1), 42, None),
        Ancestor(Sight.DELETED),
    )

    assert lineage_lines(lineage, EN) == [
        "1. an upscaled picture",
        "2. an edit, private to you",
        "3. seed 42",
        "4. a deleted picture",
    ]


def test_a_history_says_how_a_picture_was_made() -> None:
    entry = make_entry(tool=Tool.CUT_OUT, prompt="", size=None, model_name="Background Remover")

    assert library.shown_in(entry, EN) == "a cut-out"
    assert library.details(entry, 0, EN).startswith("Background Remover · a cut-out · <t:")


def test_a_model_for_one_picture_is_not_said_to_blend_two_to_one() -> None:
    assert explain(PictureCountWrong(2, 2, 1), EN) == (
        "This model works on one picture at a time. Please pick another model."
    )
    assert "2 to 6 pictures" in explain(PictureCountWrong(7, 2, 6), EN)


def test_a_refusal_names_why() -> None:
    source = make_source(width=4_096, height=4_096)

    assert "4096×4096" in explain(AlreadyLargest(source.width, source.height), EN)
    assert "same picture" in explain(NothingToRepeat(Tool.UPSCALE), EN)
