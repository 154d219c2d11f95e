"""What members ask to be painted."""

from dataclasses import dataclass

from tests.wire.discord import SentInteraction


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a run.

    Attributes:
        name: what tells it from every other, for whoever reads what was found.
        images: how many pictures it asks for.
        interaction: that asks.
        words: the prompt that every message about it shows; None where none does.
    """

    name: str
    images: int
    interaction: SentInteraction
    words: str | None

    @property
    def key(self) -> str:
        """By what its job is known."""
        return f"i:{self.interaction.id}"
