"""Requests and recipes of the tools come back as they were written, beside those of paintings."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.domain.asking.any_recipe import AnyRecipe, AnyRequest
from bot.domain.jobs.job import ImageState, JobState
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.library.browsing import PictureEntry, PictureQuery, PictureScope, Shelf
from bot.domain.tools.recipes import BlendRecipe, CutOutRecipe, EditRecipe, UpscaleRecipe
from bot.domain.tools.request import (
    BlendRequest,
    CutOutRequest,
    EditRequest,
    Tool,
    UpscaleRequest,
)
from bot.storage.database import Database
from bot.storage.tables import jobs
from tests.paintings import asked, painted_by
from tests.storage.factories import (
    MEMBER,
    NOW,
    add_job,
    claim,
    make_image,
    make_recipe,
    make_request,
    stored_job,
)
from tests.storage.test_records import one_database
from tests.tool_values import (
    make_cutout,
    make_cutout_recipe,
    make_edit,
    make_edit_recipe,
    make_stored,
    make_upscale,
    make_upscale_recipe,
)

tool_requests = st.one_of(
    *map(st.from_type, (EditRequest, BlendRequest, UpscaleRequest, CutOutRequest))
)
tool_recipes = st.one_of(*map(st.from_type, (EditRecipe, BlendRecipe, UpscaleRecipe, CutOutRecipe)))


@one_database
@given(request=tool_requests, recipe=tool_recipes)
async def test_any_request_and_recipe_of_a_tool(
    database: Database, request: AnyRequest, recipe: AnyRecipe
) -> None:
    job = await add_job(database, request=request, recipe=recipe)
    found = await stored_job(database, job)
    assert found == job
    assert (type(found.request), type(found.recipe)) == (type(request), type(recipe))


async def test_what_was_written_before_there_were_tools_is_a_painting(database: Database) -> None:
    job = await add_job(database)
    old_request = '{"prompt":"a lighthouse in fog","images":2,"private":false}'
    old_recipe = (
        '{"prompt":"a lighthouse in fog","model":"test-model","model_name":"Test Model",'
        '"size":{"width":1024,"height":768},"safe_mode":true}'
    )
    async with database._engines.writer.begin() as connection:
        await connection.execute(update(jobs).values(request=old_request, recipe=old_recipe))

    found = await stored_job(database, job)

    assert asked(found) == make_request(images=2)
    assert painted_by(found).references == ()


def kept(letter: str) -> StoredPicture:
    return make_stored(letter)


async def needed(database: Database) -> frozenset[str]:
    async with database.read() as tx:
        return await tx.jobs.pictures_of_open_jobs()


async def test_an_open_job_needs_the_pictures_it_is_made_of(database: Database) -> None:
    await add_job(database, request=make_edit(), recipe=make_edit_recipe(inputs=(kept("a"),)))
    await add_job(database, recipe=make_recipe(references=(kept("b"),)))

    assert await needed(database) == {kept("a").sha256, kept("b").sha256}
    async with database.read() as tx:
        in_use = await tx.jobs.pictures_in_use(frozenset({kept("a").sha256, "elsewhere"}))
    assert in_use == {kept("a").sha256}


async def test_an_ended_job_needs_none(database: Database) -> None:
    await add_job(database, request=make_edit(), recipe=make_edit_recipe())
    job = await claim(database)
    assert job is not None
    async with database.write() as tx:
        await tx.jobs.set_state(job.id, JobState.DONE, fence=job.fence, now=NOW)

    assert await needed(database) == frozenset()
    async with database.read() as tx:
        assert await tx.jobs.pictures_in_use(frozenset({make_stored().sha256})) == frozenset()


async def shelf(database: Database, *, safe_only: bool = True) -> Sequence[PictureEntry]:
    async with database.read() as tx:
        return await tx.library.page(
            PictureQuery(shelf=Shelf.HISTORY),
            PictureScope(safe_only=safe_only, user_id=MEMBER),
            turn=None,
            limit=10,
        )


@pytest.mark.parametrize(
    ("request_", "recipe", "tool", "prompt", "size"),
    [
        (make_edit(), make_edit_recipe(aspect_ratio="1:1"), Tool.EDIT, "make it night", "1:1"),
        (make_upscale(), make_upscale_recipe(), Tool.UPSCALE, "", "2048×1536"),
        (make_cutout(), make_cutout_recipe(), Tool.CUT_OUT, "", None),
    ],
)
async def test_what_a_tool_made_is_in_the_members_history(
    database: Database,
    request_: AnyRequest,
    recipe: AnyRecipe,
    tool: Tool,
    prompt: str,
    size: str | None,
) -> None:
    image = make_image(state=ImageState.DELIVERED, picture=kept("f"))
    await add_job(database, request=request_, recipe=recipe, images=(image,))

    [entry] = await shelf(database)

    assert (entry.tool, entry.prompt, entry.size) == (tool, prompt, size)


async def test_what_was_made_of_an_unjudged_picture_is_not_shown_in_a_safe_place(
    database: Database,
) -> None:
    image = make_image(state=ImageState.DELIVERED, picture=kept("f"))
    recipe = make_upscale_recipe(known_safe=False)
    await add_job(database, request=make_upscale(), recipe=recipe, images=(image,))

    assert await shelf(database) == []
    assert len(await shelf(database, safe_only=False)) == 1
