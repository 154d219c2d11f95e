"""How samples of messages and forms are kept, by what draws them."""

from collections.abc import Callable, Iterator

import discord

from bot.text.words import Words

Sample = discord.ui.LayoutView | discord.ui.Modal
Draw = Callable[[Words], Iterator[Sample]]

Samples = dict[str, Draw]
"""By the module and the name of what draws them."""


def registering_in(samples: Samples) -> Callable[[Callable[..., object]], Callable[[Draw], Draw]]:
    """A decorator for functions that yield samples of what the decorator is given."""

    def samples_of(maker: Callable[..., object]) -> Callable[[Draw], Draw]:
        def register(draw: Draw) -> Draw:
            samples[f"{maker.__module__}.{maker.__qualname__}"] = draw
            return draw

        return register

    return samples_of
