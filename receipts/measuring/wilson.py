"""Wilson's score interval for a share."""

import math


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of the share right / n, (0, 1) where n is 0.

    E. B. Wilson, JASA 22 (1927); z = 1.96 is the 95 % interval. Unlike the normal
    interval it isn't empty at 0 and n.
    """
    if n == 0:
        return 0.0, 1.0
    share = right / n
    middle = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)
