"""The rules of contests: which pictures fit, and who has won."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.asking.any_recipe import prompt_of
from bot.domain.asking.request import ImageRequest
from bot.domain.contests.contest import (
    MOST_THEME_CHARS,
    MOST_WORD_CHARS,
    MOST_WORDS,
    Approval,
    Contest,
    Entry,
    Phase,
)
from bot.domain.contests.errors import (
    ContestClosed,
    NotPainted,
    PaintedBeforehand,
    ThemeWrong,
    WordsMissing,
    WordsWrong,
)
from bot.domain.ids import ImageId
from bot.domain.jobs.job import Job

_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its place; entries of the same weight share one."""

    entry: Entry
    place: int
    weight: int


def clean_theme(text: str) -> str:
    """A theme on one line.

    Raises:
        ThemeWrong: if nothing is said, or too much.
    """
    theme = " ".join(text.split())
    if not 1 <= len(theme) <= MOST_THEME_CHARS:
        raise ThemeWrong(MOST_THEME_CHARS)
    return theme


def required_words(text: str | None) -> tuple[str, ...]:
    """Words with commas or blanks between them, each once, as they were typed.

    Raises:
        WordsWrong: if they are too many or too long, or no words.
    """
    typed = [part for part in re.split(r"[\s,;]+", text or "") if part]
    words = {_folded(word): word for word in typed}
    wrong = len(words) > MOST_WORDS or any(
        len(word) > MOST_WORD_CHARS or _WORD.fullmatch(word) is None for word in words.values()
    )
    if wrong:
        raise WordsWrong(MOST_WORDS, MOST_WORD_CHARS)
    return tuple(words.values())


def missing_words(required: Iterable[str], prompt: str) -> tuple[str, ...]:
    """The required words that a prompt lacks: whole words, in capitals or not."""
    folded = _folded(prompt)
    return tuple(word for word in required if not _stands_in(_folded(word), folded))


def check_fits(contest: Contest, job: Job, *, painted_at: datetime) -> None:
    """Let pass a result that fits a contest by what it is.

    `painted_at` is when it was asked for; of a shared picture, when the private one was.

    Raises:
        ContestError: with what does not fit.
    """
    if contest.phase is not Phase.SUBMITTING:
        raise ContestClosed
    if not isinstance(job.request, ImageRequest):
        raise NotPainted
    if painted_at < contest.opened_at:
        raise PaintedBeforehand(contest.opened_at)
    missing = missing_words(contest.words, prompt_of(job.request))
    if missing:
        raise WordsMissing(missing)


def ranking(entries: Iterable[Entry], approvals: Iterable[Approval]) -> tuple[Ranked, ...]:
    """The entries by the weight of their votes, the heaviest first.

    Votes for what is not among the entries count for nothing; so do a member's for their own.
    The same votes give the same ranking in whatever order they come.
    """
    by_image = {entry.image_id: entry for entry in entries}
    weights: dict[ImageId, int] = defaultdict(int)
    for approval in approvals:
        entry = by_image.get(approval.image_id)
        if entry is not None and entry.user_id != approval.user_id:
            weights[approval.image_id] += approval.weight
    ordered = sorted(by_image.values(), key=lambda each: (-weights[each.image_id], _lot(each)))
    return tuple(
        Ranked(entry, place, weights[entry.image_id])
        for entry, place in zip(ordered, _places(ordered, weights), strict=True)
    )


def as_closed(entries: Iterable[Entry]) -> tuple[Ranked, ...]:
    """The ranking as it was written down when the contest closed."""
    placed = [Ranked(each, each.place, each.weight) for each in entries if each.place is not None]
    return tuple(sorted(placed, key=lambda each: (each.place, _lot(each.entry))))


def winners(ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """All that share the first place; nobody where no vote weighs anything."""
    return tuple(each for each in ranked if each.place == 1 and each.weight > 0)


def _places(ordered: Sequence[Entry], weights: Mapping[ImageId, int]) -> list[int]:
    places: list[int] = []
    for index, entry in enumerate(ordered):
        is_tied = index > 0 and weights[ordered[index - 1].image_id] == weights[entry.image_id]
        places.append(places[-1] if is_tied else index + 1)
    return places


def _lot(entry: Entry) -> tuple[int, str]:
    return (entry.number or 0, entry.image_id)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _stands_in(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
