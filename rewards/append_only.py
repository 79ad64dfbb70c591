"""Tables whose rows the database itself refuses to change or delete.

The triggers are made again after every migrate, because SQLite rebuilds a table to
alter it and drops its triggers on the way. TRUNCATE isn't refused: only the owner of
the database can do it, who could drop the triggers as well, and the tests need it.
"""

from collections.abc import Iterable

from django.db import connections

TABLES = ("rewards_ledgerentry", "rewards_rewardevent")
VERBS = ("update", "delete")


def install(*, using: str, tables=TABLES, verbs=VERBS, **kwargs) -> None:
    """Create what is missing, on PostgreSQL and SQLite."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    statements = {"postgresql": postgresql, "sqlite": sqlite}[connection.vendor]
    with connection.cursor() as cursor:
        for table in tables:
            if table in existing:
                for statement in statements(table, verbs):
                    cursor.execute(statement)


def remove(*, using: str) -> None:
    """For the tests, which empty tables row by row on SQLite."""
    connection = connections[using]
    suffix = " ON {0}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in TABLES:
            for verb in VERBS:
                cursor.execute(
                    f"DROP TRIGGER IF EXISTS {table}_{verb}" + suffix.format(table)
                )


def sqlite(table: str, verbs: Iterable[str]) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in verbs
    ]


def postgresql(table: str, verbs: Iterable[str]) -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
        *(
            f"CREATE OR REPLACE TRIGGER {table}_{verb} BEFORE {verb.upper()} "
            f"ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            for verb in verbs
        ),
    ]
