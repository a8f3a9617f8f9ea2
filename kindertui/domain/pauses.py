"""How long what the disk refused waits before it is tried again."""

FIRST, LONGEST = 1.0, 30.0  # seconds


def pause(failures: int) -> float:
    """Seconds after so many failures in a row: twice as long each time, up to LONGEST."""
    return min(LONGEST, FIRST * 2.0 ** min(failures - 1, 10)) if failures > 0 else 0.0
