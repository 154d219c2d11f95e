"""Which of many names a member means: ranking for autocompletion and for "did you mean"."""

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import TypeVar

MAX_CHOICES = 25
"""Discord shows at most 25 choices."""

_LEAST_LIKENESS = 0.5

_LONGEST_NAME = 100
"""A value that can be picked has at most 100 characters (Discord); comparing more costs time."""

_Item = TypeVar("_Item")


def best_matches(
    items: Iterable[_Item],
    typed: str,
    *,
    names: Callable[[_Item], tuple[str, ...]],
    limit: int = MAX_CHOICES,
) -> list[_Item]:
    """The items that fit what was typed, best first; all of them, in order, if nothing was.

    An item fits if every typed word stands in one of its names; it is better the earlier and
    the more completely a name is covered.
    """
    words = typed.casefold().split()
    if not words:
        return list(items)[:limit]
    scored = [
        (score, index, item)
        for index, item in enumerate(items)
        if (score := _score(words, names(item))) is not None
    ]
    scored.sort(key=lambda entry: entry[:2])
    return [item for _, _, item in scored[:limit]]


def _score(words: list[str], names: tuple[str, ...]) -> tuple[int, int] | None:
    """Smaller is better: where the first word stands, and how much of the name is left over."""
    scores = []
    for name in map(str.casefold, names):
        if all(word in name for word in words):
            starts = 0 if name.startswith(words[0]) else 1
            scores.append((starts, len(name) - sum(map(len, words))))
    return min(scores, default=None)


def nearest(names: Iterable[str], typed: str, *, limit: int = 3) -> tuple[str, ...]:
    """The names most like a mistyped one, best first, leaving out those with little in common.

    Only the first 100 characters of `typed` count.
    """
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(typed[:_LONGEST_NAME].casefold())
    likeness = {name: _likeness(matcher, name.casefold()) for name in names}
    close = [name for name, ratio in likeness.items() if ratio >= _LEAST_LIKENESS]
    return tuple(sorted(close, key=lambda name: -likeness[name])[:limit])


def _likeness(matcher: "SequenceMatcher[str]", name: str) -> float:
    """How like a name is; 0 where two bounds that cost little show that it is not like enough."""
    matcher.set_seq1(name)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < _LEAST_LIKENESS:
        return 0.0
    return matcher.ratio()
