"""Ranking by the share of votes in favour, so that few votes do not win.

The score is the lower bound of Wilson's interval for a proportion (E. B. Wilson, "Probable
inference, the law of succession, and statistical inference", 1927): what the true share is at
least, with the confidence of `Z`. Votes may weigh less than one.
"""

import math

Z = 1.96
"""Standard deviations of a two-sided confidence of 95 %."""


def lower_bound(in_favour: float, against: float, *, z: float = Z) -> float:
    """What the share of votes in favour is at least, from 0 to 1; 0 without votes.

    Raises:
        ValueError: if there are fewer than no votes.
    """
    if in_favour < 0 or against < 0:
        raise ValueError("votes cannot be fewer than none")
    total = in_favour + against
    if total == 0:
        return 0.0
    share, z_squared = in_favour / total, z * z
    centre = share + z_squared / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z_squared / (4 * total * total))
    return max(0.0, (centre - spread) / (1 + z_squared / total))
