"""What an audit found."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Findings:
    """The promises that were broken, and counts of what was looked at.

    `billed_and_lost` are images that Venice charged and no record has; of them `answered` had
    been answered when the bot was killed: they were lost between Venice's answer and the record.
    `looked_at` counts what the audits of the community saw, by its name on the page.
    """

    broken: list[str] = field(default_factory=list)
    unheard: int = 0
    unwritten: int = 0
    jobs: int = 0
    images: Counter[str] = field(default_factory=Counter)
    billed_and_lost: int = 0
    answered_and_lost: int = 0
    looked_at: Counter[str] = field(default_factory=Counter)

    def expect(self, promise: bool, what: str) -> None:
        """Note a promise that was broken."""
        if not promise:
            self.broken.append(what)
