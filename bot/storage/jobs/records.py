"""Between rows and the domain's values."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Tag, TypeAdapter
from sqlalchemy import Row

from bot.domain.asking.any_recipe import AnyRecipe, AnyRequest
from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import AccountKey, ChannelId, ImageId, JobId, MessageId, UserId
from bot.domain.jobs.failure import ImageFailure
from bot.domain.jobs.job import Job, JobImage, MessageAddress, Origin, ReplyAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.jobs.uploads import DEFAULT_FILE_LIMIT_BYTES
from bot.domain.tools.recipes import BlendRecipe, CutOutRecipe, EditRecipe, UpscaleRecipe
from bot.domain.tools.request import (
    BlendRequest,
    CutOutRequest,
    EditRequest,
    Tool,
    UpscaleRequest,
)

Record = dict[str, Any]
"""A row to be written, by column."""

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row that was read, by attribute."""

_PAINTING = "painting"


def _kind_of(value: object) -> str:
    """The tool's name; a painting's rows have none, and never had."""
    tool = value.get("tool") if isinstance(value, dict) else getattr(value, "tool", None)
    return _PAINTING if tool is None else str(tool)


_REQUEST: TypeAdapter[AnyRequest] = TypeAdapter(
    Annotated[
        Annotated[ImageRequest, Tag(_PAINTING)]
        | Annotated[EditRequest, Tag(Tool.EDIT.value)]
        | Annotated[BlendRequest, Tag(Tool.BLEND.value)]
        | Annotated[UpscaleRequest, Tag(Tool.UPSCALE.value)]
        | Annotated[CutOutRequest, Tag(Tool.CUT_OUT.value)],
        Discriminator(_kind_of),
    ]
)
_RECIPE: TypeAdapter[AnyRecipe] = TypeAdapter(
    Annotated[
        Annotated[Recipe, Tag(_PAINTING)]
        | Annotated[EditRecipe, Tag(Tool.EDIT.value)]
        | Annotated[BlendRecipe, Tag(Tool.BLEND.value)]
        | Annotated[UpscaleRecipe, Tag(Tool.UPSCALE.value)]
        | Annotated[CutOutRecipe, Tag(Tool.CUT_OUT.value)],
        Discriminator(_kind_of),
    ]
)


def job_record(job: Job, *, idempotency_key: str) -> Record:
    """A job's own row, without its images."""
    origin = job.origin
    return {
        "id": job.id,
        "idempotency_key": idempotency_key,
        "state": job.state,
        "user_id": origin.user_id,
        "guild_id": origin.guild_id,
        "channel_id": origin.channel_id,
        "account": origin.account,
        "locale": origin.locale,
        "by_moderator": origin.by_moderator,
        "by_new_member": origin.by_new_member,
        "private": job.request.private,
        "model": job.recipe.model,
        **words_record(job),
        "owner": job.owner,
        "lease_until": job.lease_until,
        "fence": job.fence,
        "earlier_claims": job.earlier_claims,
        "created_at": job.created_at,
        "shared": job.shared,
        "deleted_at": job.deleted_at,
        **_reply_record(job.reply),
        **shown_record(job.shown),
    }


def shown_record(shown: MessageAddress | None) -> Record:
    """Where a job's result is shown."""
    return {
        "shown_channel_id": shown and shown.channel_id,
        "shown_message_id": shown and shown.message_id,
    }


def words_record(job: Job) -> Record:
    """What a job's row says in its member's words."""
    return {
        "request": _REQUEST.dump_json(job.request).decode(),
        "recipe": _RECIPE.dump_json(job.recipe).decode(),
    }


def image_record(image: JobImage) -> Record:
    """One image's row, without the job and the parent, which it is given once."""
    picture, failure = image.picture, image.failure
    return {
        "id": image.id,
        "position": image.position,
        "seed": image.seed,
        "state": image.state,
        "reserved_usd_micros": image.reserved_usd_micros,
        "sent_at": image.sent_at,
        "picture_sha256": picture and picture.sha256,
        "picture_content_type": picture and picture.content_type,
        "picture_size_bytes": picture and picture.size_bytes,
        "blurred": image.signals.blurred,
        "content_violation": image.signals.content_violation,
        "failure_reason": failure and failure.reason,
        "failure_billing": failure and failure.billing,
        "failure_detail": failure and failure.detail,
        "failure_request_id": failure and failure.request_id,
        "duration_ms": image.duration_ms,
        "enhanced_prompt": image.enhanced_prompt,
    }


def job_of(row: AnyRow, images: Sequence[AnyRow]) -> Job:
    """A job from its row and the rows of its images."""
    return Job(
        id=JobId(row.id),
        request=_REQUEST.validate_json(row.request),
        recipe=recipe_of(row.recipe),
        origin=Origin(
            user_id=UserId(row.user_id),
            guild_id=row.guild_id,
            channel_id=ChannelId(row.channel_id),
            account=AccountKey(row.account),
            locale=row.locale,
            by_moderator=row.by_moderator,
            by_new_member=row.by_new_member,
        ),
        images=tuple(_image_of(image) for image in images),
        created_at=row.created_at,
        state=row.state,
        reply=_reply_of(row),
        shown=shown_of(row),
        shared=row.shared,
        deleted_at=row.deleted_at,
        owner=row.owner,
        lease_until=row.lease_until,
        fence=row.fence,
        earlier_claims=row.earlier_claims,
    )


def recipe_of(recipe: str) -> AnyRecipe:
    """A recipe from a job's column."""
    return _RECIPE.validate_json(recipe)


def _image_of(row: AnyRow) -> JobImage:
    return JobImage(
        id=ImageId(row.id),
        position=row.position,
        parent=row.parent_image_id,
        seed=row.seed,
        state=row.state,
        reserved_usd_micros=row.reserved_usd_micros,
        sent_at=row.sent_at,
        picture=_picture_of(row),
        signals=SafetySignals(blurred=row.blurred, content_violation=row.content_violation),
        failure=_failure_of(row),
        duration_ms=row.duration_ms,
        enhanced_prompt=row.enhanced_prompt,
    )


def _picture_of(row: AnyRow) -> StoredPicture | None:
    if row.picture_sha256 is None:
        return None
    return StoredPicture(
        sha256=row.picture_sha256,
        content_type=row.picture_content_type,
        size_bytes=row.picture_size_bytes,
    )


def _failure_of(row: AnyRow) -> ImageFailure | None:
    if row.failure_reason is None:
        return None
    return ImageFailure(
        reason=row.failure_reason,
        billing=row.failure_billing,
        detail=row.failure_detail,
        request_id=row.failure_request_id,
    )


def _reply_record(reply: ReplyAddress | None) -> Record:
    return {
        "reply_application_id": reply and reply.application_id,
        "reply_token": reply and reply.token,
        "reply_message_id": reply and reply.message_id,
        "reply_expires_at": reply and reply.expires_at,
        "reply_file_limit_bytes": reply and reply.file_limit_bytes,
    }


def _reply_of(row: AnyRow) -> ReplyAddress | None:
    """A row whose token was wiped keeps the message's id, but there is no way to answer there."""
    if row.reply_token is None:
        return None
    return ReplyAddress(
        application_id=row.reply_application_id,
        token=row.reply_token,
        message_id=MessageId(row.reply_message_id),
        expires_at=row.reply_expires_at,
        file_limit_bytes=row.reply_file_limit_bytes or DEFAULT_FILE_LIMIT_BYTES,
    )


def shown_of(row: AnyRow) -> MessageAddress | None:
    """The message that shows a job's result; None where none does."""
    if row.shown_message_id is None:
        return None
    return MessageAddress(
        channel_id=ChannelId(row.shown_channel_id), message_id=MessageId(row.shown_message_id)
    )
