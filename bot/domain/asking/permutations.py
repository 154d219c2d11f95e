r"""Permutations: `a {red,blue} car` is two prompts, and each further group multiplies them.

- A group is a pair of braces with a comma in it. Its alternatives are told apart by commas,
  taken without outer blanks, and may be empty. What stands twice in a group counts once.
- A pair of braces without a comma is text, with its braces, as in `{red}`.
- `\{`, `\}` and `\,` are a brace or a comma as text; any other backslash is text itself.
- Braces inside braces and a brace without its partner are errors: a slip of the finger should
  cost a message, not a picture.
"""

import math
import re
from dataclasses import dataclass
from itertools import product

from bot.domain.errors import MemberError

MAX_IMAGES_PER_PERMUTATION = 40
"""How many images the prompts of one request may make in all."""

_TOKEN = re.compile(r"\\[{},]|[{},]|(?:[^\\{},]|\\(?![{},]))+")

_SPECIAL = re.compile(r"[{}]|(?<=\\),")
"""What needs a backslash to be text; a comma only where one stands before it already."""

_EXCERPT_CHARS = 15
"""How much of the prompt is shown on either side of a wrong brace."""


class PermutationError(MemberError):
    """The braces of a prompt cannot be expanded."""


@dataclass(eq=False)
class TooManyImages(PermutationError):
    """The combinations times the images of each are more than one request may make."""

    count: int
    limit: int


@dataclass(eq=False)
class BracesNested(PermutationError):
    """A group inside a group; `position` is that of the inner brace, counted from 1."""

    position: int
    excerpt: str


@dataclass(eq=False)
class BraceUnbalanced(PermutationError):
    """A brace without its partner; `position` is counted from 1."""

    position: int
    excerpt: str


def expand(prompt: str, images_each: int) -> tuple[str, ...]:
    """Every prompt that the groups make, the last group varying fastest; each but once.

    The combinations are counted, by multiplying, before any is made. Different combinations
    that read the same are counted each and come back once.

    Raises:
        TooManyImages: if the combinations times `images_each` exceed the limit.
        BracesNested: if a group stands in another.
        BraceUnbalanced: if a brace has no partner.
    """
    parts = _parts(prompt)
    count = math.prod(map(len, parts)) * images_each
    if count > MAX_IMAGES_PER_PERMUTATION:
        raise TooManyImages(count, MAX_IMAGES_PER_PERMUTATION)
    return tuple(dict.fromkeys("".join(choice) for choice in product(*parts)))


def unexpanded(prompt: str) -> str:
    """A prompt written so that `expand` gives it back as it is."""
    if _is_plain(prompt):
        return prompt
    try:
        if expand(prompt, 1) == (prompt,):
            return prompt
    except PermutationError:
        pass
    return _SPECIAL.sub(r"\\\g<0>", prompt)


def _parts(prompt: str) -> list[tuple[str, ...]]:
    """The prompt as a row of alternatives, text being an only one."""
    if _is_plain(prompt):
        return [(prompt,)]
    parts: list[tuple[str, ...]] = []
    group: list[str] | None = None
    opened_at = 0
    for token in _TOKEN.finditer(prompt):
        text, at = token[0], token.start()
        if text == "{":
            if group is not None:
                raise BracesNested(at + 1, _excerpt(prompt, at))
            group, opened_at = [""], at
        elif text == "}":
            if group is None:
                raise BraceUnbalanced(at + 1, _excerpt(prompt, at))
            parts.append(_alternatives(group))
            group = None
        elif group is None:
            parts.append((_literal(text),))
        elif text == ",":
            group.append("")
        else:
            group[-1] += _literal(text)
    if group is not None:
        raise BraceUnbalanced(opened_at + 1, _excerpt(prompt, opened_at))
    return parts


def _is_plain(prompt: str) -> bool:
    """Whether nothing in a prompt means anything but itself."""
    return not any(sign in prompt for sign in ("{", "}", r"\,"))


def _alternatives(group: list[str]) -> tuple[str, ...]:
    if len(group) == 1:
        return (f"{{{group[0]}}}",)
    return tuple(dict.fromkeys(alternative.strip() for alternative in group))


def _literal(token: str) -> str:
    return token[1:] if token in {r"\{", r"\}", r"\,"} else token


def _excerpt(prompt: str, at: int) -> str:
    return prompt[max(0, at - _EXCERPT_CHARS) : at + 1 + _EXCERPT_CHARS]
