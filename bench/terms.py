"""What looking for 10,000 terms in a prompt costs: `make bench`.

The floor is the least that could find a term at all: one `str.casefold` and one pass of RE2 over
an alternation of the same terms, which sees through nothing. Both take turns in one process.
"""

import json
import random
import statistics
import string
import time
from collections.abc import Callable

from bot.domain.terms import TermMatcher, parse_term
from bot.domain.terms.patterns import compile_many

GOAL = 5.0

_TERMS = 10_000
_PROMPT_CHARACTERS = 4_000
_TURNS = 60
_PROMPTS = 20
_WORDS = [
    "a",
    "red",
    "fox",
    "at",
    "dawn,",
    "in",
    "the",
    "mist",
    "of",
    "the",
    "valley,",
    "oil",
    "painting,",
    "highly",
    "detailed,",
    "8k,",
    "f/1.8,",
    "35mm",
    "lens,",
    "golden",
    "hour;",
    "the",
    "knight's",
    "armour",
    "is",
    "black-and-white,",
    "cinematic",
    "lighting,",
    "by",
    "a",
    "river",
    "with",
    "3",
    "boats,",
    "award-winning",
    "photo",
    "of",
    "an",
    "old",
    "fisherman,",
    "wrinkled",
    "face,",
    "soft",
    "light,",
    "rule",
    "of",
    "thirds,",
    "sharp",
    "focus,",
    "vivid",
    "colours",
    "(muted),",
    "mountains",
    "and",
    "sea,",
    "a",
    "lighthouse",
]


def main() -> None:
    """Measure, and print one line for people and one of JSON."""
    rng = random.Random(1)  # noqa: S311 - terms and prompts, the same at every run
    terms = [_word(rng) for _ in range(_TERMS)]
    prompts = [_prompt(rng) for _ in range(_PROMPTS)]
    matcher = TermMatcher(map(parse_term, terms))
    plain = compile_many(rf"\b(?:{'|'.join(terms)})\b")
    ours, floor = _medians(
        matcher.first,
        lambda prompt: plain.search(prompt.casefold()),
        prompts,
    )
    print(
        f"| {_TERMS} terms in a prompt of {_PROMPT_CHARACTERS} characters, matcher ÷ casefold and "
        f"RE2 | {ours / floor:.2f} × | ≤ {GOAL:g} × | {_verdict(ours / floor)} "
        f"| medians of {_TURNS}: {ours * 1e6:.0f} µs and {floor * 1e6:.0f} µs |"
    )
    print(json.dumps({"terms_ratio": round(ours / floor, 3)}))


def _verdict(ratio: float) -> str:
    return "met" if ratio <= GOAL else "missed"


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(5, 11)))


def _prompt(rng: random.Random) -> str:
    words: list[str] = []
    while sum(map(len, words)) + len(words) < _PROMPT_CHARACTERS:
        words.append(rng.choice(_WORDS))
    return " ".join(words[:-1])


def _medians(
    first: Callable[[str], object], second: Callable[[str], object], prompts: list[str]
) -> tuple[float, float]:
    """Seconds for one prompt, each way, the ways taking turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(_TURNS):
        for way, seconds in zip((first, second), taken, strict=True):
            started_s = time.perf_counter()
            for prompt in prompts:
                way(prompt)
            seconds.append((time.perf_counter() - started_s) / len(prompts))
    return statistics.median(taken[0]), statistics.median(taken[1])


if __name__ == "__main__":
    main()
