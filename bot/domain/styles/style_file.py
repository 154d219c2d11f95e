"""The file that a server's styles are exported to and imported from: JSON, with a version."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.styles.errors import StyleFileWrong, StylesFull
from bot.domain.styles.server_style import MAX_SERVER_STYLES, ServerStyle, StyleDraft

MAX_FILE_BYTES = 1_000_000
"""More than a server's styles can be, at their longest."""

VERSION = 1

_FIELDS = ("name", "template", "negative", "model", "preset")
_REFERENCES = "reference_pictures"
_REQUIRED = ("name", "template")

_DEEPEST = 8
"""A file of styles needs three: the file, the list and a style."""

_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKETS = re.compile(r"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class Imported:
    """How many styles of a file were new, and how many names were taken already.

    `unguided` is how many of the new ones had reference pictures where they come from.
    """

    added: int
    skipped: int
    unguided: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of styles, and how many reference pictures are not in it."""

    content: bytes
    pictures_left_out: int


@dataclass(frozen=True, slots=True)
class FiledStyle:
    """A style of a file, and how many reference pictures it had; they are not in the file."""

    draft: StyleDraft
    references: int = 0


def exported(styles: Mapping[ServerStyle, int]) -> bytes:
    """The file for styles, each with the number of its reference pictures.

    The pictures, who wrote a style and how it fares stay with the server.
    """
    drafts = [
        {field: getattr(style.draft, field) for field in _FIELDS} | {_REFERENCES: references}
        for style, references in styles.items()
    ]
    content = {"gondola_styles": VERSION, "styles": drafts}
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def read_file(content: bytes) -> list[FiledStyle]:
    """The styles of a file, not yet checked one by one.

    Raises:
        StyleFileWrong: if it is no such file.
        StylesFull: if it has more styles than any server may have.
    """
    try:
        text = content.decode()
        read = json.loads(text) if _is_shallow(text) else None
    except ValueError:
        raise StyleFileWrong from None
    if not isinstance(read, dict) or read.get("gondola_styles") != VERSION:
        raise StyleFileWrong
    entries = read.get("styles")
    if not isinstance(entries, list):
        raise StyleFileWrong
    if len(entries) > MAX_SERVER_STYLES:
        raise StylesFull(MAX_SERVER_STYLES)
    return [_filed(entry) for entry in entries]


def _is_shallow(text: str) -> bool:
    """Whether no bracket stands in more than a few others: the parser would go as deep as a
    stranger's file, and a process has only so much stack.
    """
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            return False
    return True


def _filed(entry: object) -> FiledStyle:
    if not isinstance(entry, dict):
        raise StyleFileWrong
    found = {name: entry[name] for name in _FIELDS if entry.get(name) is not None}
    if not all(isinstance(value, str) for value in found.values()) or not {*_REQUIRED} <= {*found}:
        raise StyleFileWrong
    references = entry.get(_REFERENCES, 0)
    return FiledStyle(StyleDraft(**found), references if isinstance(references, int) else 0)
