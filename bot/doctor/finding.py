"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether the bot can run with it."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table; `what_to_do` is empty where nothing is to be done."""

    name: str
    verdict: Verdict
    detail: str
    what_to_do: str = ""
