"""Every route, against the stand-in: what is asked for is what comes back."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from eth_account import Account
from PIL import Image

from bot.domain.models.image_model import ModelKind
from bot.venice import (
    BearerKey,
    ByteBudget,
    EditImageRequest,
    GenerationsRequest,
    ImageAnswer,
    MultiEditImageRequest,
    RemoveBackgroundRequest,
    StyleReference,
    UpscaleImageRequest,
    VeniceClient,
    Wallet,
)
from bot.venice.errors import (
    AuthenticationFailed,
    ContentViolation,
    ModelNotFound,
    PaymentRequired,
    RequestRejected,
)
from sandbox.venice import StandInOptions, VeniceStandIn
from sandbox.venice.faults import DeprecationHeaders, Fault
from tests.venice.factories import (
    SkippingClock,
    make_client,
    make_picture,
    make_request,
)

PRIVATE_KEY = "0x" + "11" * 32
ADDRESS = Account.from_key(PRIVATE_KEY).address
PICTURE = make_picture()


async def opened(answer: ImageAnswer) -> Image.Image:
    """The picture of an answer, whose body is closed."""
    data = await answer.body.read()
    await answer.body.aclose()
    return Image.open(BytesIO(data))


async def test_a_picture_is_generated_as_bytes(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    answer = await client.generate(make_request(format="png"))
    assert answer.body.content_type == "image/png"
    assert (await opened(answer)).size == (128, 96)
    facts = answer.facts
    assert (facts.signals.blurred, facts.signals.content_violation) == (False, False)
    assert facts.request_id
    assert facts.duration_ms >= 0
    assert (facts.enhanced_prompt, facts.deprecation, facts.balance_usd) == (None, None, None)
    received = stand_in.requests[-1]
    assert received.body["return_binary"] is True
    assert received.headers["accept-encoding"] == "identity"


async def test_whatever_the_request_says_generate_asks_for_one_picture_as_bytes(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    answer = await client.generate(make_request(variants=3, return_binary=False))
    await answer.body.aclose()
    assert stand_in.requests[-1].body["return_binary"] is True
    assert "variants" not in stand_in.requests[-1].body


async def test_the_same_seed_paints_the_same_picture(client: VeniceClient) -> None:
    pictures = [await (await client.generate(make_request())).body.read() for _ in range(2)]
    assert pictures[0] == pictures[1]


async def test_a_violation_is_an_answer_that_says_so(client: VeniceClient) -> None:
    answer = await client.generate(make_request(prompt="something forbidden"))
    assert answer.facts.signals.content_violation is True
    assert (await opened(answer)).size == (128, 96)


async def test_safe_mode_blurs_and_says_so(client: VeniceClient) -> None:
    blurred = await client.generate(make_request(prompt="a lewd fox"))
    shown = await client.generate(make_request(prompt="a lewd fox", safe_mode=False))
    assert blurred.facts.signals.blurred is True
    assert shown.facts.signals.blurred is False


async def test_the_enhanced_prompt_comes_back(client: VeniceClient) -> None:
    answer = await client.generate(make_request(enhance_prompt=True))
    assert answer.facts.enhanced_prompt
    assert "%" not in answer.facts.enhanced_prompt


async def test_a_model_that_goes_is_announced(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    stand_in.faults.add(Fault(DeprecationHeaders(replacement="chroma")))
    answer = await client.generate(make_request())
    assert answer.facts.deprecation is not None
    assert answer.facts.deprecation.replacement == "chroma"


async def test_style_references_travel_with_the_request(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    request = make_request(
        model="krea-v2-large",
        width=None,
        height=None,
        aspect_ratio="1:1",
        style_references=(StyleReference(image=PICTURE, strength=0.5),),
    )
    answer = await client.generate(request)
    await answer.body.aclose()
    assert stand_in.requests[-1].body["style_references"]


async def test_variants_come_as_base64_and_are_decoded(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    answer = await client.generate_variants(make_request(variants=3))
    assert len(answer.bodies) == 3
    assert {body.content_type for body in answer.bodies} == {"image/webp"}
    assert answer.id
    assert answer.timing.total >= 0
    assert "gzip" in stand_in.requests[-1].headers["accept-encoding"]
    first = await answer.bodies[0].read()
    alone = await client.generate(make_request())
    assert first == await alone.body.read()
    await answer.aclose()


async def test_pictures_past_the_budget_are_the_same(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    budget = ByteBudget(1_000)
    async with make_client(stand_in.base_url, clock, budget=budget) as client:
        answer = await client.generate(make_request())
        assert answer.body.is_on_disk
        assert (await opened(answer)).size == (128, 96)
        variants = await client.generate_variants(make_request(variants=2))
        assert all(body.is_on_disk for body in variants.bodies)
        await variants.aclose()
    assert budget.taken_bytes == 0


@pytest.mark.parametrize("response_format", ["b64_json", "url"])
async def test_openais_shape(client: VeniceClient, response_format: str) -> None:
    answer = await client.generations(
        GenerationsRequest.model_validate(
            {
                "prompt": "a fox",
                "moderation": "auto",
                "size": "512x512",
                "output_format": "jpeg",
                "response_format": response_format,
            }
        )
    )
    assert answer.body.content_type == "image/jpeg"
    assert (await opened(answer)).size == (512, 512)


async def test_a_picture_is_edited_from_bytes_or_a_file(
    client: VeniceClient, stand_in: VeniceStandIn, tmp_path: Path
) -> None:
    file = tmp_path / "fox.png"
    file.write_bytes(PICTURE)
    for image in (PICTURE, file):
        request = EditImageRequest(
            model="firered-image-edit", prompt="at night", image=image, safe_mode=True
        )
        answer = await client.edit(request)
        assert answer.body.content_type == "image/png"
        await answer.body.aclose()
        assert stand_in.requests[-1].safe_mode is True
        assert [upload.size_bytes for upload in stand_in.requests[-1].files] == [len(PICTURE)]


@pytest.fixture
def picture_app() -> web.Application:
    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=PICTURE, content_type="image/png")

    app = web.Application()
    app.router.add_get("/fox.png", picture)
    return app


async def test_a_picture_is_edited_and_cut_out_from_a_url(
    client: VeniceClient, picture_app: web.Application
) -> None:
    runner = web.AppRunner(picture_app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/fox.png"
    try:
        edited = await client.edit(
            EditImageRequest(
                model="firered-image-edit", prompt="at night", image=url, safe_mode=True
            )
        )
        several = await client.multi_edit(
            MultiEditImageRequest(
                model="firered-image-edit", prompt="both", images=(PICTURE, url), safe_mode=True
            )
        )
        cut = await client.remove_background(RemoveBackgroundRequest(image=url))
    finally:
        await runner.cleanup()
    for answer in (edited, several, cut):
        assert (await opened(answer)).size


async def test_several_pictures_become_one(client: VeniceClient, stand_in: VeniceStandIn) -> None:
    request = MultiEditImageRequest(
        model="firered-image-edit",
        prompt="both",
        images=(PICTURE, make_picture(image_format="JPEG")),
        safe_mode=True,
        output_format="webp",
    )
    answer = await client.multi_edit(request)
    assert answer.body.content_type == "image/webp"
    await answer.body.aclose()
    assert stand_in.requests[-1].model == "firered-image-edit"
    assert len(stand_in.requests[-1].files) == 2


@pytest.mark.parametrize(("scale", "size"), [(2, (640, 480)), (4, (1280, 960))])
async def test_a_picture_is_made_larger(
    client: VeniceClient, scale: float, size: tuple[int, int]
) -> None:
    answer = await client.upscale(UpscaleImageRequest(image=PICTURE, scale=scale))
    assert answer.body.content_type == "image/png"
    assert (await opened(answer)).size == size


async def test_a_picture_is_cut_out(client: VeniceClient) -> None:
    answer = await client.remove_background(RemoveBackgroundRequest(image=PICTURE))
    assert (await opened(answer)).mode == "RGBA"


async def test_an_edit_that_breaks_the_rules_is_an_error(client: VeniceClient) -> None:
    request = EditImageRequest(
        model="firered-image-edit", prompt="forbidden", image=PICTURE, safe_mode=True
    )
    with pytest.raises(ContentViolation) as refused:
        await client.edit(request)
    assert refused.value.status == 422


async def test_the_lists_need_no_key(stand_in: VeniceStandIn, clock: SkippingClock) -> None:
    async with make_client(stand_in.base_url, clock, credentials=None) as client:
        assert "Anime" in await client.styles()
        assert (await client.traits())["default"] == "z-image-turbo"
        assert (await client.compatibility_mapping())["sdxl"] == "venice-sd35"
        models = await client.image_models()
        assert {model.kind for model in models} == set(ModelKind)
        edits = await client.image_models("inpaint")
        assert {model.kind for model in edits} == {ModelKind.EDIT}
        with pytest.raises(PaymentRequired) as refused:
            await client.generate(make_request())
        assert refused.value.instructions.accepts


async def test_a_wrong_key_is_the_operators_affair(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    async with make_client(stand_in.base_url, clock, credentials=BearerKey("wrong-key")) as client:
        with pytest.raises(AuthenticationFailed):
            await client.generate(make_request())
    assert len(stand_in.requests) == 1


async def test_limits_and_balance_of_a_key(client: VeniceClient) -> None:
    limits = await client.rate_limits()
    assert limits.access_permitted
    assert limits.balances.usd is not None
    assert limits.rate_limits
    with pytest.raises(AuthenticationFailed):
        await client.billing_balance()


@pytest.mark.parametrize("options", [StandInOptions(admin_key="admin-key", sketch=True)])
async def test_an_admin_key_reads_the_balance(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    credentials = BearerKey("admin-key")
    async with make_client(stand_in.base_url, clock, credentials=credentials) as client:
        balance = await client.billing_balance()
    assert balance.can_consume
    assert balance.balances.usd == Decimal(100)


@pytest.mark.parametrize("options", [StandInOptions(wallets={ADDRESS: 105_000}, sketch=True)])
async def test_a_wallet_pays_until_it_is_empty_and_is_told_how_to_fill_it(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    wallet = Wallet(PRIVATE_KEY, clock=clock)
    async with make_client(stand_in.base_url, clock, credentials=wallet) as client:
        answer = await client.generate(make_request())
        assert answer.facts.balance_usd == Decimal("0.095")
        await answer.body.aclose()
        with pytest.raises(PaymentRequired) as refused:
            await client.generate(make_request())
        told = refused.value.instructions
        assert told.balance_usd == Decimal("0.095")
        assert told.minimum_balance_usd == Decimal("0.1")
        assert len(told.steps) == 3
        assert {option.network.partition(":")[0] for option in told.accepts} == {
            "eip155",
            "solana",
        }
        balance = await client.wallet_balance(wallet.address)
        assert balance.balance_usd == Decimal("0.095")
        page = await client.wallet_transactions(wallet.address, limit=10)
        assert [entry.amount for entry in page.transactions] == [Decimal("-0.01")]
        assert page.transactions[0].model_id == "z-image-turbo"
        issued_at = datetime.fromisoformat(page.transactions[0].created_at)
        assert issued_at.astimezone(UTC) <= datetime.now(UTC)
        assert (page.pagination.limit, page.pagination.has_more) == (10, False)


async def test_how_to_top_up_is_told_to_anybody(client: VeniceClient) -> None:
    instructions = await client.top_up_instructions()
    assert {option.amount for option in instructions.accepts} == {"5000000"}


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (101, 0), (50, -1)])
async def test_a_page_that_does_not_exist_is_refused_here(
    client: VeniceClient, stand_in: VeniceStandIn, limit: int, offset: int
) -> None:
    with pytest.raises(ValueError, match="no such page"):
        await client.wallet_transactions(ADDRESS, limit=limit, offset=offset)
    assert stand_in.requests == []


async def test_an_unknown_model_is_gone(client: VeniceClient) -> None:
    with pytest.raises(ModelNotFound):
        await client.generate(make_request(model="no-such-model"))


async def test_what_the_model_does_not_take_is_said_field_by_field(client: VeniceClient) -> None:
    with pytest.raises(RequestRejected) as refused:
        await client.generate(make_request(width=100, steps=50))
    assert refused.value.status == 400
    assert refused.value.issues


async def test_a_picture_that_cannot_be_read_is_refused_before_anything_is_sent(
    client: VeniceClient, stand_in: VeniceStandIn, tmp_path: Path
) -> None:
    with pytest.raises(RequestRejected):
        await client.upscale(UpscaleImageRequest(image=tmp_path / "missing.png"))
    assert stand_in.requests == []


async def test_a_session_of_the_callers_is_used_and_left_open(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    async with aiohttp.ClientSession() as session:
        client = make_client(stand_in.base_url, clock, session=session)
        assert await client.styles()
        async with client:
            assert await client.styles()
        assert not session.closed
        assert await client.styles()


async def test_a_client_that_is_not_open_says_so(clock: SkippingClock) -> None:
    with pytest.raises(RuntimeError, match="not open"):
        await make_client("http://127.0.0.1:9", clock).styles()
