"""The words that prompts are found by, the same on every database.

A text is taken apart into terms: letters and digits without case, accents and width. Chinese and
Japanese, which put no blanks between words, are taken in pairs of characters. Members type words
and never a database's operators: whatever is no letter and no digit only parts words.
"""

import re
import unicodedata
from collections.abc import Iterator

MAX_QUERY_TERMS = 12
"""Further words of a query are not looked at."""

_LONGEST_TERM = 64

_RUN = re.compile(r"[^\W_]+")
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""Hiragana, Katakana and Han, after their compatibility forms were resolved."""

_SCRIPT = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


def index_terms(text: str) -> tuple[str, ...]:
    """Every term that a text is to be found by, each once, in the text's order."""
    terms: dict[str, None] = {}
    for run in _runs(text):
        if _IS_UNSPACED.match(run):
            # The last character alone, so that it is found when it is looked for alone.
            terms.update(dict.fromkeys([*_pairs(run), run[-1]]))
        else:
            terms[run[:_LONGEST_TERM]] = None
    return tuple(terms)


def query_terms(text: str) -> tuple[str, ...]:
    """The terms that a text must all have, each as the beginning of one of its own."""
    terms: dict[str, None] = {}
    for run in _runs(text):
        if _IS_UNSPACED.match(run):
            terms.update(dict.fromkeys(_pairs(run) or [run]))
        else:
            terms[run[:_LONGEST_TERM]] = None
    return tuple(terms)[:MAX_QUERY_TERMS]


def _runs(text: str) -> Iterator[str]:
    """Letters and digits that stand together, of one way of writing each."""
    for word in _RUN.findall(_folded(text)):
        yield from _SCRIPT.findall(word)


def _folded(text: str) -> str:
    """Without case, width and marks: NFKD may bring capitals, and casefolding may bring marks."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in folded if not unicodedata.category(char).startswith("M"))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
