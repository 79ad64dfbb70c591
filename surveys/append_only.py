"""A version is never edited: the database itself refuses it."""

from rewards import append_only

TABLES = ("surveys_surveyversion",)


def install_triggers(*, using: str, **kwargs) -> None:
    # A trial's version is deleted with it; one that has responses is protected.
    append_only.install(using=using, tables=TABLES, verbs=("update",))
