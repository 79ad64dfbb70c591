"""How long a survey takes, before anybody has answered it."""

from math import ceil

from surveys.definition import Definition, Kind, Question

# Seconds that a question of each kind takes on a phone, with reading it. Of the order
# of what survey tools assume (some 7.5 s a closed question, several times that for a
# typed text); real times replace the guess once there are responses.
SECONDS = {
    Kind.SINGLE: 8,
    Kind.MULTIPLE: 12,
    Kind.SCALE: 7,
    Kind.MATRIX: 5,  # and as much again for each row
    Kind.RANKING: 20,
    Kind.NUMBER: 10,
    Kind.DATE: 10,
    Kind.TEXT: 25,
    Kind.BRAND: 12,
    Kind.INFORMATION: 6,
}


def seconds(question: Question) -> int:
    return SECONDS[question.kind] * (1 + len(question.rows))


def minutes(definition: Definition) -> int:
    """Whole minutes if every question is shown; at least 1."""
    return max(1, ceil(sum(map(seconds, definition.questions())) / 60))
