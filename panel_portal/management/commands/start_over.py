"""Delete a demo's database and files. Refuses where either isn't a demo's alone."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from panel_portal.demo import seed
from panelists.models import User

FOLDERS = ("vault", "kept", "mail", "static")
OTHERS = (settings.CACHES["default"]["LOCATION"], "django_migrations")


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def handle(self, **options):
        """Only what the portal made: its own tables, and files beside the demo's
        note. Anything else in the database stays."""
        tables = set(connection.introspection.table_names())
        own = {*connection.introspection.django_table_names(), *OTHERS} & tables
        if tables - own and User._meta.db_table not in tables:
            raise CommandError(
                "This database holds something else than a portal: nothing was deleted."
            )
        if own and seed.people_of_no_demo():
            raise CommandError(
                "This database has people in it who aren’t of a demo: nothing was "
                "deleted. If you mean it, delete the database yourself."
            )
        if (settings.VAULT_DIR / "receipts").exists() and not seed.notes():
            raise CommandError(
                "The files in DATA_DIR aren’t a demo’s: nothing was deleted."
            )
        self.delete_tables(own)
        for folder in FOLDERS:
            shutil.rmtree(settings.DATA_DIR / folder, ignore_errors=True)
        # The settings made them when this process started, and it may go on.
        for path in (
            settings.VAULT_DIR,
            settings.KEPT_DIR,
            settings.FILE_UPLOAD_TEMP_DIR,
            settings.WORK_DIR,
        ):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        seed.notes_path().unlink(missing_ok=True)

    def delete_tables(self, own: set[str]) -> None:
        if connection.vendor == "sqlite":
            name = str(connection.settings_dict["NAME"])
            connection.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{name}{suffix}").unlink(missing_ok=True)
            return
        with connection.cursor() as cursor:
            for table in own:
                quoted = connection.ops.quote_name(table)
                cursor.execute(f"DROP TABLE IF EXISTS {quoted} CASCADE")
