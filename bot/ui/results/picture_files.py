"""The names under which Discord shows and saves pictures."""

from bot.domain.jobs.job import JobImage
from bot.services.ports import ShownImage


def original_name(image: JobImage) -> str:
    """The name of a picture as it was made."""
    assert image.picture is not None  # noqa: S101 - shown images have one
    kind = image.picture.content_type.removeprefix("image/")
    return f"gondola-{_mark(image)}.{kind}"


def file_name(item: ShownImage) -> str:
    """The name of what is shown: the picture, or its smaller copy."""
    if item.copy is not None:
        return f"gondola-{_mark(item.image)}-small.webp"
    return original_name(item.image)


def is_file_of(name: str, image: JobImage) -> bool:
    """Whether a file, by its name, shows a picture or its smaller copy."""
    stem = name.rpartition(".")[0]
    return stem.removesuffix("-small") == f"gondola-{_mark(image)}"


def _mark(image: JobImage) -> str:
    """The seed; the id of what has none."""
    return f"{image.seed or image.id}"
