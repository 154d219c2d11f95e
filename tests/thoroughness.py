"""How many examples a property test on a real database tries: few each time, many in the soak."""

import os

_TIMES = int(os.environ.get("THOROUGHNESS", "1"))


def tries(few: int) -> int:
    """`few`, or as many times more as THOROUGHNESS says."""
    return few * _TIMES
