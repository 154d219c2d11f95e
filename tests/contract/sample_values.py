"""Values at their longest, of which every message is drawn."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from bot.domain.asking.prompt import BOT_PROMPT_LIMIT
from bot.domain.asking.request import MAX_IMAGES_PER_REQUEST, ImageRequest, Recipe
from bot.domain.flags import Options
from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import (
    AccountKey,
    ChannelId,
    GuildId,
    ImageId,
    JobId,
    MessageId,
    ModelId,
    UserId,
)
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, Job, JobImage, MessageAddress, Origin
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.jobs.uploads import MIB, SmallerCopy
from bot.domain.models.image_model import (
    Deprecation,
    ImageModel,
    ModelKind,
    PriceList,
    Quality,
    TierSizing,
)
from bot.domain.money import UsdMicros
from bot.domain.quotas.limits import EffectiveLimits, LimitScope, LimitSource, Sourced, Unit
from bot.domain.quotas.quota import GrantLine, QuotaLine, QuotaStatus
from bot.domain.quotas.windows import DAY, MONTH, WEEK, rolling
from bot.domain.sizing import TierChoice
from bot.domain.tools.request import (
    MOST_BLENDED,
    BlendRequest,
    CutOutRequest,
    EditRequest,
    SourcePicture,
    UpscaleRequest,
)
from bot.services.ports import ShownImage
from tests.tool_values import (
    make_blend_recipe,
    make_cutout_recipe,
    make_edit_recipe,
    make_upscale_recipe,
)

WHEN = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HIGHEST_ID = 2**63 - 1
LONG = "*_~|" * (BOT_PROMPT_LIMIT // 4)
"""The longest prompt; each of its characters is escaped, and so takes two."""

PICTURE = StoredPicture(sha256="ab" * 32, content_type="image/png", size_bytes=40 * MIB)
SHOWN_AT = MessageAddress(channel_id=ChannelId(HIGHEST_ID), message_id=MessageId(HIGHEST_ID))
OPTIONS = Options(
    model="m" * 64,
    style="s" * 64,
    aspect="21:9",
    size="1280x1280",
    quality="high",
    negative=LONG,
    seed=999_999_999,
    images=4,
    format="jpeg",
    private=True,
)
MODEL = ImageModel(
    id=ModelId("model-" * 10),
    name="A Model of a Long Name " * 3,
    kind=ModelKind.GENERATE,
    sizing=TierSizing(tuple(f"{n}:9" for n in range(1, 30)), tuple(f"{n}K" for n in range(1, 9))),
    prompt_limit=32_768,
    prices=PriceList(
        by_tier_and_quality=MappingProxyType({("1K", Quality.LOW): UsdMicros(123_456)})
    ),
    privacy="anonymized",
    uncensored=True,
    deprecation=Deprecation(WHEN, ModelId("replacement-" * 5)),
)


def make_job(*images: JobImage, prompt: str = LONG, private: bool = False) -> Job:
    return Job(
        id=JobId("0123456789abcdef"),
        request=ImageRequest(
            prompt=prompt, negative=LONG, aspect="21:9", images=4, style="s" * 64, private=private
        ),
        recipe=Recipe(
            prompt=prompt,
            negative=LONG,
            model=MODEL.id,
            model_name=MODEL.name,
            size=TierChoice("2K", "21:9"),
            safe_mode=True,
            quality=Quality.HIGH,
            style="s" * 64,
        ),
        origin=Origin(
            user_id=UserId(HIGHEST_ID),
            guild_id=GuildId(HIGHEST_ID),
            channel_id=ChannelId(HIGHEST_ID),
            account=AccountKey("account"),
            locale="de",
        ),
        images=images,
        created_at=WHEN,
        shown=SHOWN_AT,
    )


def make_images(state: ImageState, count: int = MAX_IMAGES_PER_REQUEST) -> tuple[JobImage, ...]:
    shown = state in {ImageState.STORED, ImageState.DELIVERED}
    failure = ImageFailure(FailureReason.REJECTED, Billing.MAYBE_BILLED, LONG, "r" * 64)
    return tuple(
        JobImage(
            id=ImageId(f"{number:016}"),
            position=number,
            seed=999_999_990 + number,
            state=state,
            picture=PICTURE if shown else None,
            signals=SafetySignals(blurred=True),
            failure=failure if state is ImageState.FAILED else None,
            duration_ms=99_999,
        )
        for number in range(count)
    )


def shown(job: Job, *, copied: bool = False) -> tuple[ShownImage, ...]:
    copy = SmallerCopy(Path("small"), MIB) if copied else None
    return tuple(ShownImage(image, Path("picture"), copy) for image in job.pictures)


def full_quota() -> QuotaStatus:
    """Every cap, several grants and every other limit, all said by a role."""
    source = LimitSource(LimitScope.ROLE, HIGHEST_ID)
    line = QuotaLine(
        unit=Unit.IMAGES,
        window=DAY,
        most=99_999,
        used=99_999,
        left=0,
        resets_at=WHEN,
        source=source,
    )
    lines = [
        replace(line, unit=unit, window=window)
        for unit in Unit
        for window in (DAY, WEEK, MONTH, rolling(720))
    ]
    grant = GrantLine(
        images_left=9_999, usd_micros_left=UsdMicros(10**12), expires_at=WHEN, reason=LONG[:200]
    )
    most = Sourced(99_999_999, source)
    return QuotaStatus(
        lines=tuple(lines),
        grants=(grant,) * 5,
        limits=EffectiveLimits(at_once=most, dearest_usd_micros=most, images_per_request=most),
    )


NO_QUOTA = QuotaStatus()


def make_tool_jobs() -> tuple[Job, ...]:
    """A result of each tool."""
    source = SourcePicture(picture=PICTURE, width=4096, height=4096, known_safe=True)
    made = make_job(*make_images(ImageState.DELIVERED, 1))
    names = {"model": MODEL.id, "model_name": MODEL.name}
    blended = (PICTURE,) * MOST_BLENDED
    return tuple(
        replace(made, request=request, recipe=recipe)
        for request, recipe in (
            (
                EditRequest(source=source, prompt=LONG),
                make_edit_recipe(prompt=LONG, aspect_ratio="21:9", resolution="4K", **names),
            ),
            (
                BlendRequest(sources=(source,) * MOST_BLENDED, prompt=LONG),
                make_blend_recipe(prompt=LONG, inputs=blended, quality=Quality.HIGH, **names),
            ),
            (UpscaleRequest(source=source, scale=4), make_upscale_recipe(**names)),
            (CutOutRequest(source=source), make_cutout_recipe(**names)),
        )
    )
