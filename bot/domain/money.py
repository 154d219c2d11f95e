"""Money as whole micro-dollars, so that sums are exact."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NewType

UsdMicros = NewType("UsdMicros", int)
"""Millionths of a US dollar."""

MICROS_PER_USD = 1_000_000


def usd_micros(usd: float | str | Decimal) -> UsdMicros:
    """Convert dollars to micro-dollars, rounding half up.

    A float is read by its shortest decimal form, so 0.1 is exactly 100,000.
    """
    micros = Decimal(str(usd)) * MICROS_PER_USD
    return UsdMicros(int(micros.to_integral_value(rounding=ROUND_HALF_UP)))
