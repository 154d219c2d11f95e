"""What is to be painted."""

import hashlib
import random
import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Brief:
    """What is to be painted; equal briefs give equal pictures.

    Attributes:
        prompt: the words.
        seed: the seed.
        style: the style preset's name, if any.
        model: the model's id.
        width: in pixels.
        height: in pixels.
    """

    prompt: str
    seed: int
    style: str | None
    model: str
    width: int
    height: int

    @property
    def words(self) -> frozenset[str]:
        """The prompt's words, lower-case, with plurals also as singulars."""
        return words_of(self.prompt)

    def dice(self, purpose: str) -> random.Random:
        """Randomness for one part of the picture alone, so that parts do not disturb others.

        The style is left out, so that another style paints the same scene in another manner.
        """
        parts = (self.prompt, str(self.seed), self.model, purpose)
        digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
        return random.Random(digest)


def words_of(text: str) -> frozenset[str]:
    """A text's words, lower-case, with plurals also as singulars."""
    words = _WORD.findall(text.lower())
    return frozenset(words) | {word[:-1] for word in words if word.endswith("s")}
