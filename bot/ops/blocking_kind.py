"""What a stack is doing, in one word."""

import re
from dataclasses import dataclass
from enum import StrEnum


class BlockingKind(StrEnum):
    """What held the loop."""

    DECODING = "decoding"
    HASHING = "hashing"
    DRAWING = "drawing"
    SQL = "sql"
    OTHER = "other"

    IDLE = "idle"
    """No callback was running: the process had no turn on the processor, or none on the
    interpreter's lock, while another thread held it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One frame of a stack: where it is, and the line that it is at."""

    file: str
    line_number: int
    function: str
    line: str


_BY_FILE = (
    (re.compile(r"/PIL/(ImageDraw|ImageFont)|/matplotlib/"), BlockingKind.DRAWING),
    (re.compile(r"/PIL/|/base64\.py$|/json/(decoder|__init__)\.py$"), BlockingKind.DECODING),
    (re.compile(r"/hashlib\.py$|/hmac\.py$"), BlockingKind.HASHING),
    (re.compile(r"/sqlite3/|/sqlalchemy/|/alembic/|/psycopg/"), BlockingKind.SQL),
)
# What is written in C has no frame of its own: the line that calls it tells.
_BY_LINE = (
    (re.compile(r"hashlib|\b(sha\d+|md5|blake2[bs])\(|digest\("), BlockingKind.HASHING),
    (re.compile(r"\.execute(many|script)?\(|sqlite3"), BlockingKind.SQL),
    (re.compile(r"b64decode|json\.loads|model_validate_json|decompress\("), BlockingKind.DECODING),
)
_THE_LOOP_ITSELF = re.compile(r"/asyncio/[a-z_]+\.py$|/selectors\.py$|/uvloop/")


def kind_of(stack: tuple[Call, ...]) -> BlockingKind:
    """What a stack is doing; the innermost frame that is known decides.

    Args:
        stack: the frames, the outermost first.
    """
    if not stack or _THE_LOOP_ITSELF.search(stack[-1].file):
        return BlockingKind.IDLE
    for call in reversed(stack):
        for pattern, kind in _BY_FILE:
            if pattern.search(call.file):
                return kind
        for pattern, kind in _BY_LINE:
            if pattern.search(call.line):
                return kind
    return BlockingKind.OTHER
