"""Edits, blends, upscales and cut-outs: from what a member asks to a message."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.domain.asking.effects import Setting
from bot.domain.asking.redo import Remix
from bot.domain.asking.wish import ImageWish
from bot.domain.errors import (
    ActionDenied,
    NotServing,
    PictureGone,
    PriceUnknown,
    PromptEmpty,
    QuotaExceeded,
    RefusedByRule,
    UnknownModel,
)
from bot.domain.gate.permissions import Action
from bot.domain.gate.policy import PolicySnapshot, SafetySignals
from bot.domain.gate.rule import Rule
from bot.domain.ids import UserId
from bot.domain.jobs.failure import Billing, FailureReason
from bot.domain.jobs.job import ImageState, Job, JobState
from bot.domain.jobs.painting import Painting
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.domain.sizing import PixelSize
from bot.domain.tools.errors import (
    NothingToRepeat,
    PictureCountWrong,
    ToolUnavailable,
    TooManyReferences,
)
from bot.domain.tools.recipes import BlendRecipe, EditRecipe, ToolRecipe, UpscaleRecipe
from bot.domain.tools.request import EditRequest, SourcePicture, ToolRequest
from bot.services.tools.tools import UpscaleOption
from tests.paintings import painted_by
from tests.services.house import (
    House,
    make_limits,
    make_place,
    make_reply,
    make_request,
    open_house,
)
from tests.services.models import EDIT_MODEL, PIXEL_MODEL, SINGLE_EDIT_MODEL, UNCENSORED_EDIT_MODEL
from tests.services.painters import PlainBody, failing
from tests.services.test_results import ALICE_HERE, BOB, BOB_HERE
from tests.services.test_walk_of_a_job import usage
from tests.tool_values import make_blend, make_cutout, make_edit, make_source, make_upscale

FOUND_NOTHING = SafetySignals(blurred=False, content_violation=False)


def png(width: int = 512, height: int = 384, colour: str = "teal") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


async def paint_a_real_picture(seed: int) -> Painting:
    body = PlainBody(png(colour=f"#{seed % 0xFFFFFF:06x}"))
    return Painting(body, FOUND_NOTHING, f"request-{seed}", 1_200)


async def painted(house: House, **request: object) -> Job:
    """A painting of Alice's, shown, whose bytes are those of a picture."""
    house.painter.paint_one = paint_a_real_picture
    job = await house.ask(make_place(), key="painting", **request)
    await house.finish()
    return await house.job(job)


async def source_of(house: House, job: Job, action: Action = Action.EDIT) -> SourcePicture:
    return await house.tools.source_of(job.images[0].id, action, ALICE_HERE)


async def brought(house: House, **overrides: Any) -> SourcePicture:
    """A picture that a member brought, in the store."""
    picture = await house.pictures.keep(PlainBody(png(colour="coral")))
    return make_source(picture=picture, **overrides)


async def ask(house: House, request: ToolRequest, *, key: str = "tool") -> Job:
    """A member asks, as the cog does."""
    plan = house.tools.plan(request, make_place())
    return await house.tools.accept(plan, reply=make_reply(house.clock), idempotency_key=key)


async def done(house: House, request: ToolRequest, *, key: str = "tool") -> Job:
    job = await ask(house, request, key=key)
    await house.finish()
    return await house.job(job)


# What is planned


async def test_an_edit_is_made_under_safe_mode_by_the_first_model_that_filters(
    house: House,
) -> None:
    house.tool_shelf.editors = (UNCENSORED_EDIT_MODEL, EDIT_MODEL)

    plan = house.tools.plan(make_edit(prompt=" make it  night ", aspect="16:9"), make_place())

    assert isinstance(plan.recipe, EditRecipe)
    assert plan.recipe.safe_mode is True
    assert (plan.recipe.model, plan.recipe.aspect_ratio) == (EDIT_MODEL.id, "16:9")
    assert plan.recipe.prompt == "make it  night"
    assert plan.price_usd_micros == 120_000


async def test_a_blend_is_priced_with_its_further_pictures(house: House) -> None:
    plan = house.tools.plan(make_blend(3), make_place())

    assert isinstance(plan.recipe, BlendRecipe)
    assert len(plan.recipe.inputs) == 3
    assert plan.price_usd_micros == 120_000 + 2 * 34_500


async def test_a_blend_takes_a_model_that_takes_so_many_pictures(house: House) -> None:
    house.tool_shelf.editors = (SINGLE_EDIT_MODEL, EDIT_MODEL)

    assert house.tools.plan(make_edit(), make_place()).recipe.model == SINGLE_EDIT_MODEL.id
    assert house.tools.plan(make_blend(2), make_place()).recipe.model == EDIT_MODEL.id
    with pytest.raises(PictureCountWrong):
        house.tools.plan(make_blend(2, model=SINGLE_EDIT_MODEL.id), make_place())


async def test_more_pictures_than_any_model_takes_are_told_with_the_most(house: House) -> None:
    house.tool_shelf.editors = (SINGLE_EDIT_MODEL, replace(EDIT_MODEL, max_input_images=3))

    with pytest.raises(PictureCountWrong) as raised:
        house.tools.plan(make_blend(4), make_place())

    assert raised.value.most == 3


async def test_an_uncensored_model_edits_where_there_is_no_other(house: House) -> None:
    house.tool_shelf.editors = (UNCENSORED_EDIT_MODEL,)

    plan = house.tools.plan(make_edit(), make_place())

    assert plan.recipe.model == UNCENSORED_EDIT_MODEL.id


@pytest.mark.parametrize(("scale", "price", "size"), [(2, 20_000, 2048), (4, 80_000, 4096)])
async def test_an_upscale_is_priced_by_its_scale(
    house: House, scale: int, price: int, size: int
) -> None:
    plan = house.tools.plan(make_upscale(scale=scale), make_place())

    assert isinstance(plan.recipe, UpscaleRecipe)
    assert plan.price_usd_micros == price
    assert plan.recipe.width == size


async def test_a_cut_out_has_one_price(house: House) -> None:
    assert house.tools.plan(make_cutout(), make_place()).price_usd_micros == 30_000


async def test_the_upscale_options_say_size_and_price(house: House) -> None:
    source = make_source(width=1024, height=768)

    assert house.tools.upscale_options(source) == (
        UpscaleOption(2, PixelSize(2048, 1536), UsdMicros(20_000)),
        UpscaleOption(4, PixelSize(4096, 3072), UsdMicros(80_000)),
    )


async def test_models_for_editing_are_offered_with_prices(house: House) -> None:
    offered = house.tools.edit_models("flux")

    assert [(each.value, each.price_usd_micros) for each in offered] == [(EDIT_MODEL.id, 120_000)]
    assert SINGLE_EDIT_MODEL.id not in {each.value for each in house.tools.edit_models(pictures=2)}


async def test_the_shapes_of_the_chosen_model_are_offered(house: House) -> None:
    assert [each.value for each in house.tools.edit_aspects(EDIT_MODEL.id)] == [
        "auto",
        "1:1",
        "16:9",
    ]
    assert house.tools.edit_aspects("no such model") == []


async def test_an_unknown_edit_model_is_named_with_the_nearest(house: House) -> None:
    with pytest.raises(UnknownModel) as raised:
        house.tools.plan(make_edit(model="flux-2-max-edti"), make_place())

    assert EDIT_MODEL.id in raised.value.nearest


async def test_an_edit_says_what_to_change(house: House) -> None:
    with pytest.raises(PromptEmpty):
        house.tools.plan(make_edit(prompt="  "), make_place())


async def test_a_backend_without_tools_says_so(house: House) -> None:
    house.tool_shelf.editors = ()
    house.tool_shelf.larger = house.tool_shelf.cutter = None

    for request in (make_edit(), make_blend(), make_upscale(), make_cutout()):
        with pytest.raises(ToolUnavailable) as raised:
            house.tools.plan(request, make_place())
        assert raised.value.tool is request.tool


async def test_before_there_is_a_catalogue_nothing_is_known_to_be_missing(house: House) -> None:
    house.tool_shelf.editors = ()
    house.catalogue.all_models = ()

    with pytest.raises(NotServing):
        house.tools.plan(make_edit(), make_place())


async def test_a_stopping_bot_takes_no_tools_either(house: House) -> None:
    house.generation.stop_accepting()

    with pytest.raises(NotServing):
        house.tools.plan(make_edit(), make_place())


async def test_an_unknown_price_is_refused_where_a_budget_applies(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(bot_usd_micros=1_000_000)) as house:
        with pytest.raises(PriceUnknown):
            house.tools.plan(make_edit(model=UNCENSORED_EDIT_MODEL.id), make_place())


@pytest.mark.parametrize("make", [make_upscale, make_cutout])
async def test_where_safe_mode_is_on_a_strangers_picture_is_not_upscaled_or_cut_out(
    house: House, make: Any
) -> None:
    request = make(source=make_source(known_safe=False))

    with pytest.raises(RefusedByRule) as raised:
        house.tools.plan(request, make_place())

    assert raised.value.rule is Rule.PICTURE_NOT_KNOWN_SAFE
    house.policies.policy = PolicySnapshot(safe_mode=False)
    assert house.tools.plan(request, make_place()).recipe.inputs


# Pictures of the bot's own


async def test_a_picture_of_the_bots_own_is_measured_and_known_to_be_safe(house: House) -> None:
    job = await painted(house)

    source = await source_of(house, job)

    assert (source.width, source.height) == (512, 384)
    assert source.parent == job.images[0].id
    assert source.known_safe


async def test_a_picture_that_was_blurred_is_not_known_to_be_safe(house: House) -> None:
    async def blurred(seed: int) -> Painting:
        return replace(await paint_a_real_picture(seed), signals=SafetySignals(blurred=True))

    house.painter.paint_one = blurred
    job = await house.ask(make_place())
    await house.finish()

    assert not (await source_of(house, job)).known_safe


async def test_a_picture_that_is_no_longer_kept_cannot_be_worked_on(house: House) -> None:
    job = await painted(house)
    picture = job.images[0].picture
    assert picture is not None
    await house.pictures.remove(picture)

    with pytest.raises(PictureGone):
        await source_of(house, job)


async def test_nobody_works_on_a_private_picture_of_others(house: House) -> None:
    job = await painted(house, private=True)

    with pytest.raises(ActionDenied):
        await house.tools.source_of(job.images[0].id, Action.UPSCALE, BOB_HERE)


async def test_a_variation_asks_an_edit_model_for_nearly_the_same(house: House) -> None:
    job = await painted(house)
    source = await source_of(house, job, Action.VARY)

    request = house.tools.variation_of(source, job.recipe, private=True)

    assert request.source == source
    assert request.private
    assert "a red fox at dawn" in request.prompt
    assert house.tools.plan(request, make_place()).recipe.model == EDIT_MODEL.id


# The walk


async def test_an_edit_becomes_a_message_and_knows_its_parent(house: House) -> None:
    parent = await painted(house)

    job = await done(house, make_edit(source=await source_of(house, parent)))

    result = house.messenger.shown[-1]
    assert len(result.shown) == 1
    assert result.cost_usd_micros == 120_000
    assert job.state is JobState.DONE
    assert job.images[0].parent == parent.images[0].id
    [order] = house.retoucher.orders
    assert order.inputs == (parent.images[0].picture,)
    assert (await usage(house, BOT_ACCOUNT)).usd_micros == 120_000 + 10_000


async def test_what_is_made_of_a_safe_picture_is_as_safe(house: House) -> None:
    parent = await painted(house)

    async def larger(_recipe: ToolRecipe) -> Painting:
        return Painting(PlainBody(png(1024, 768)), SafetySignals(), "request", 800)

    house.retoucher.retouch_one = larger
    job = await done(house, make_upscale(source=await source_of(house, parent, Action.UPSCALE)))

    again = await source_of(house, job, Action.CUT_OUT)
    assert again.known_safe
    assert house.tools.plan(make_cutout(source=again), make_place()).price_usd_micros == 30_000


async def test_a_brought_picture_has_no_parent(house: House) -> None:
    job = await done(house, make_edit(source=await brought(house)))

    assert job.state is JobState.DONE
    assert job.images[0].parent is None


async def test_a_blends_parent_is_the_first_picture_that_is_the_bots_own(house: House) -> None:
    parent = await painted(house)
    sources = (await brought(house), await source_of(house, parent))

    job = await done(house, make_blend(sources=sources))

    assert job.images[0].parent == parent.images[0].id


async def test_a_tool_counts_against_the_members_quota(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=1)) as house:
        source = await brought(house)
        await done(house, make_edit(source=source))
        with pytest.raises(QuotaExceeded):
            await ask(house, make_edit(source=source), key="second")


async def test_a_refused_edit_is_refunded(house: House) -> None:
    async def refuse(_recipe: ToolRecipe) -> Painting:
        return await failing(FailureReason.CONTENT_VIOLATION)(0)

    house.retoucher.retouch_one = refuse
    job = await done(house, make_edit(source=await brought(house)))

    assert job.state is JobState.FAILED
    [failure] = house.messenger.shown[-1].failed
    assert failure.reason is FailureReason.CONTENT_VIOLATION
    assert (await usage(house, BOT_ACCOUNT)).usd_micros == 0


async def test_an_upscale_that_waits_while_its_place_turns_strict_is_not_sent(
    house: House,
) -> None:
    house.policies.policy = PolicySnapshot(safe_mode=False)
    job = await ask(house, make_upscale(source=await brought(house)))
    house.policies.policy = PolicySnapshot(safe_mode=True)

    await house.finish()

    ended = await house.job(job)
    assert house.retoucher.orders == []
    assert ended.state is JobState.REFUSED


async def test_a_cancelled_edit_is_not_sent(house: House) -> None:
    job = await ask(house, make_edit(source=await brought(house)))
    async with house.database.write() as tx:
        assert await tx.jobs.request_cancel(job.id, now=house.clock.now())

    await house.finish()

    assert (await house.job(job)).images[0].state is ImageState.CANCELLED
    assert (await usage(house, BOT_ACCOUNT)).usd_micros == 0


async def test_after_a_crash_an_edit_that_was_sent_is_never_sent_again(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        job = await ask(house, make_edit(source=await brought(house)))
        now = house.clock.now()
        async with house.database.write() as tx:
            claimed = await tx.jobs.claim_next(
                owner="killed", now=now, lease_until=now, most_running=1
            )
            assert claimed is not None
            sent = replace(claimed.images[0], state=ImageState.SENT, sent_at=now)
            await tx.jobs.set_state(job.id, JobState.RUNNING, fence=claimed.fence, now=now)
            await tx.jobs.save_image(job.id, sent, fence=claimed.fence)

    async with open_house(tmp_path) as house:
        await house.finish()

        assert house.retoucher.orders == []
        [failure] = house.messenger.shown[-1].failed
        assert (failure.reason, failure.billing) == (FailureReason.LOST, Billing.MAYBE_BILLED)


# Pictures that are deleted, and those that are needed


async def test_a_picture_that_was_deleted_before_its_edit_began_is_said_to_be_gone(
    house: House,
) -> None:
    source = await brought(house)
    job = await ask(house, make_edit(source=source))
    await house.pictures.remove(source.picture)

    await house.finish()

    failure = (await house.job(job)).images[0].failure
    assert failure is not None
    assert (failure.reason, failure.billing) == (FailureReason.INPUT_GONE, Billing.NOT_BILLED)
    assert house.retoucher.orders == []


async def test_an_edit_outlives_the_deletion_of_its_parent(house: House) -> None:
    parent = await painted(house)
    child = await ask(house, make_edit(source=await source_of(house, parent)))

    await house.results.deletion.delete(parent.id, ALICE_HERE)
    await house.finish()

    assert (await house.job(child)).state is JobState.DONE


async def test_a_picture_that_was_deleted_while_an_edit_needed_it_goes_when_the_edit_is_done(
    house: House,
) -> None:
    parent = await painted(house)
    source = await source_of(house, parent)
    await ask(house, make_edit(source=source), key="first")
    await ask(house, make_upscale(source=source), key="second")
    await house.results.deletion.delete(parent.id, ALICE_HERE)
    assert await house.pictures.has(source.picture)

    await house.finish()

    assert [len(result.shown) for result in house.messenger.shown[1:]] == [1, 1]
    assert not await house.pictures.has(source.picture)


async def test_what_was_worked_on_stays_as_long_as_its_own_result(house: House) -> None:
    source = await source_of(house, await painted(house))
    own = await brought(house)

    await done(house, make_edit(source=source), key="first")
    await done(house, make_edit(source=own), key="second")

    assert await house.pictures.has(source.picture)
    assert await house.pictures.has(own.picture)


async def test_once_no_job_is_made_of_it_a_deleted_picture_is_gone(house: House) -> None:
    parent = await painted(house)
    source = await source_of(house, parent)
    await done(house, make_edit(source=source))

    await house.results.deletion.delete(parent.id, ALICE_HERE)

    assert not await house.pictures.has(source.picture)


async def test_a_brought_picture_goes_with_the_edit_that_was_made_of_it(house: House) -> None:
    source = await brought(house)
    job = await done(house, make_edit(source=source))

    await house.results.deletion.delete(job.id, ALICE_HERE)

    assert not await house.pictures.has(source.picture)
    assert source.picture.sha256 not in f"{await house.job(job)}"


async def test_deleting_an_edit_keeps_the_picture_it_was_made_of(house: House) -> None:
    parent = await painted(house)
    source = await source_of(house, parent)
    job = await done(house, make_edit(source=source))

    await house.results.deletion.delete(job.id, ALICE_HERE)

    assert await house.pictures.has(source.picture)


# Asking again


async def test_a_reroll_of_an_edit_asks_the_same_of_the_same_picture(house: House) -> None:
    parent = await painted(house)
    first = await done(house, make_edit(source=await source_of(house, parent)))

    plan = await house.results.redo.plan_reroll(first.id, BOB_HERE, make_place(user_id=BOB))
    again = await house.generation.accept(
        plan, reply=make_reply(house.clock), idempotency_key="again"
    )

    assert again.recipe == first.recipe
    assert again.images[0].parent == parent.images[0].id
    assert again.origin.user_id == BOB


async def test_an_upscale_is_not_repeated(house: House) -> None:
    job = await done(house, make_upscale(source=await brought(house, known_safe=True)))

    with pytest.raises(NothingToRepeat):
        await house.results.redo.plan_reroll(job.id, ALICE_HERE, make_place())
    with pytest.raises(NothingToRepeat):
        await house.results.redo.plan_variation(job.images[0].id, ALICE_HERE, make_place())
    with pytest.raises(NothingToRepeat):
        house.results.redo.propose_remix(job, Remix(prompt="a fox"), make_place())


async def test_a_shared_edit_shows_no_private_source_and_is_not_repeated(house: House) -> None:
    source = await brought(house)
    job = await done(house, make_edit(source=source, private=True))

    shared = await house.results.sharing.share(job.images[0].id, ALICE_HERE)
    await house.finish()

    shared = await house.job(shared)
    assert shared.state is JobState.DONE
    assert source.picture.sha256 not in f"{shared.request} {shared.recipe}"
    with pytest.raises(NothingToRepeat):
        await house.results.redo.plan_reroll(shared.id, BOB_HERE, make_place(user_id=UserId(8)))


# Style references


async def test_style_references_reach_the_painter(house: House) -> None:
    house.catalogue.all_models = (replace(PIXEL_MODEL, max_style_references=2),)
    reference = (await brought(house)).picture

    job = await house.ask(make_place(), references=(reference,))
    await house.finish()

    [(recipe, _)] = house.painter.orders
    assert recipe.references == (reference,)
    assert painted_by(await house.job(job)).references == (reference,)


async def test_a_model_without_style_references_is_not_sent_any(house: House) -> None:
    reference = StoredPicture(sha256="ab" * 32, content_type="image/png", size_bytes=9)

    plan = house.generation.plan(make_request(references=(reference,)), make_place())

    assert plan.recipe.references == ()


async def test_a_reference_that_does_nothing_needs_the_members_word(house: House) -> None:
    reference = StoredPicture(sha256="ab" * 32, content_type="image/png", size_bytes=9)
    wish = ImageWish(prompt="a red fox", references=(reference,))

    proposal = house.proposer.propose(wish, make_place())

    assert proposal.needs_word
    assert [each.setting for each in proposal.ignored] == [Setting.REFERENCE]


async def test_more_style_references_than_the_model_takes_are_refused(house: House) -> None:
    reference = StoredPicture(sha256="ab" * 32, content_type="image/png", size_bytes=9)
    house.catalogue.all_models = (replace(PIXEL_MODEL, max_style_references=1),)
    with pytest.raises(TooManyReferences):
        await house.ask(make_place(), references=(reference, reference))


async def test_a_request_of_a_tool_comes_back_as_it_was_asked(house: House) -> None:
    request = make_edit(source=await brought(house), private=True, model=EDIT_MODEL.id)

    job = await ask(house, request)

    found = await house.job(job)
    assert isinstance(found.request, EditRequest)
    assert found.request == request
