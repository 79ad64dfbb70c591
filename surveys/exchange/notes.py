"""What an import or export tells beside the survey itself."""

from dataclasses import dataclass

from surveys.definition import Definition

# Of an uploaded file.
MOST_BYTES = 5_000_000


class WrongFile(Exception):
    """The file can't be read as a survey; `str(error)` tells its author why."""


@dataclass(frozen=True)
class Note:
    """Something that was not carried over, as sentences: `where` names its place."""

    where: str
    what: str


@dataclass(frozen=True)
class Reading:
    """What was read from a file, and what it says that no survey here can."""

    definition: Definition
    notes: tuple[Note, ...] = ()
