"""Processor time by stage, of this process and the children that it waited for."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


def cpu_seconds() -> float:
    """User and system seconds of this process and its finished children, so far."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(
            resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
    )


@dataclass
class Clock:
    """Processor seconds by the name of the stage; a stage may come several times."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = cpu_seconds()
        try:
            yield
        finally:
            spent = cpu_seconds() - start
            self.seconds[name] = self.seconds.get(name, 0.0) + spent
