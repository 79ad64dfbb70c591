"""What the worker runs for the portal itself."""


def beat() -> None:
    """Nothing: that a task ran is what `heartbeat` records."""
