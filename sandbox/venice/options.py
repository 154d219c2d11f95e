"""What a stand-in can be told when it starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StandInOptions:
    """How a stand-in behaves; the defaults suit the demo and most tests.

    Attributes:
        api_key: the Bearer key it takes; None takes any.
        admin_key: a second Bearer key, the only one that may read `/billing/balance`.
        balance_usd_micros: what both keys can spend together, in micro-dollars.
        wallets: the credit of each wallet address, in micro-dollars; others have none.
        delay_s: how long painting takes, on top of the drawing itself, in seconds.
        sketch: whether pictures are only sketched (softer, for a third of the work), which suits
            tests that ask for many.
        images_per_minute: the limit for each model and payer; the API's own is 20.
        errors_per_30_s: how many errors other than 429 lock a payer out for 30 s; None for never.
    """

    api_key: str | None = "demo-key"
    admin_key: str | None = None
    balance_usd_micros: int = 100_000_000
    wallets: Mapping[str, int] = field(default_factory=dict)
    delay_s: float = 0.0
    sketch: bool = False
    images_per_minute: int = 1_000
    errors_per_30_s: int | None = None
