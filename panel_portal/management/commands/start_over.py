"""Delete a demo's database and files. Refuses where it isn't a demo's."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from panel_portal.demo import seed
from panelists.models import User

FOLDERS = ("vault", "kept", "mail", "static")


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def handle(self, **options):
        tables = connection.introspection.table_names()
        if User._meta.db_table in tables and User.objects.exists():
            # Half a demo has people, but none of them at another address.
            others = User.objects.exclude(email__endswith=f"@{seed.DOMAIN}")
            if others.exists() and not seed.is_seeded():
                raise CommandError(
                    "This database has people in it who aren’t of a demo: "
                    "nothing was deleted."
                )
        if connection.vendor == "sqlite":
            name = str(connection.settings_dict["NAME"])
            connection.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{name}{suffix}").unlink(missing_ok=True)
        else:
            with connection.cursor() as cursor:
                for table in tables:
                    quoted = connection.ops.quote_name(table)
                    cursor.execute(f"DROP TABLE IF EXISTS {quoted} CASCADE")
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
