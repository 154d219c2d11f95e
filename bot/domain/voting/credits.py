"""For what the votes on an image count: itself, its style, model and member, and its ancestors."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.asking.any_recipe import server_style_of, style_of
from bot.domain.ids import ImageId
from bot.domain.jobs.job import Job
from bot.domain.voting.vote import FULL_WEIGHT, Credit, Subject, SubjectKind

MAX_GENERATIONS = 3
"""An ancestor further back has no part in a picture that anybody would see."""

_SERVER_STYLE = "server:"
_PRESET_STYLE = "preset:"


@dataclass(frozen=True, slots=True)
class Forebear:
    """An image that the one voted on came from, and its job."""

    image_id: ImageId
    job: Job


def credits_of(image_id: ImageId, job: Job, forebears: Sequence[Forebear]) -> tuple[Credit, ...]:
    """What votes on an image count for.

    Each generation back counts half of the one before; `forebears` are the nearest first. Those
    that are private, deleted or of another server count for nothing.
    """
    owner = job.origin.user_id
    subjects = [
        Subject(SubjectKind.IMAGE, image_id),
        Subject(SubjectKind.MODEL, job.recipe.model),
        Subject(SubjectKind.MEMBER, f"{owner}"),
    ]
    style = style_key(job)
    if style is not None:
        subjects.append(Subject(SubjectKind.STYLE, style))
    return (
        *(Credit(subject=subject, owner=owner) for subject in subjects),
        *(
            Credit(
                subject=Subject(SubjectKind.IMAGE, forebear.image_id),
                owner=forebear.job.origin.user_id,
                share=FULL_WEIGHT >> generation,
                direct=False,
            )
            for generation, forebear in enumerate(forebears[:MAX_GENERATIONS], start=1)
            if _is_counted(forebear.job, job)
        ),
    )


def style_key(job: Job) -> str | None:
    """The key of the style that an image was painted in; None without one."""
    style_id, preset = server_style_of(job.request), style_of(job.recipe)
    if style_id is not None:
        return server_style_key(style_id)
    return preset_style_key(preset) if preset else None


def server_style_key(style_id: str) -> str:
    """The key under which votes for a server's style are counted."""
    return f"{_SERVER_STYLE}{style_id}"


def preset_style_key(name: str) -> str:
    """The key under which votes for a style preset of the image API are counted."""
    return f"{_PRESET_STYLE}{name}"


def read_style_key(key: str) -> tuple[str | None, str | None]:
    """The id of a server's style or the name of a preset, whichever the key means."""
    if key.startswith(_SERVER_STYLE):
        return key.removeprefix(_SERVER_STYLE), None
    return None, key.removeprefix(_PRESET_STYLE)


def _is_counted(ancestor: Job, job: Job) -> bool:
    return (
        not ancestor.request.private
        and ancestor.deleted_at is None
        and ancestor.origin.guild_id == job.origin.guild_id
    )
