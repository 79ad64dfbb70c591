"""`/healthz`: whether the portal can do its work, checked and not assumed."""

import logging
import secrets

from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import Error, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from panel_portal import heartbeat

logger = logging.getLogger(__name__)


def database_works() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except Error:
        return False


def storage_works(alias: str) -> bool:
    """Write, read back and delete a small file, as an upload would."""
    storage = storages[alias]
    written = secrets.token_bytes(16)
    try:
        name = storage.save(f"healthz/{secrets.token_hex(8)}", ContentFile(written))
        try:
            with storage.open(name) as file:
                return file.read() == written
        finally:
            storage.delete(name)
    except Exception as error:  # storages of other makers raise what they like
        logger.warning("storage_failed", extra={"code": type(error).__name__})
        return False


def worker_works() -> bool:
    try:
        return heartbeat.is_alive()
    except Error:
        return False


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """200 while everything works, else 503 with what doesn't; no login, no details."""
    checks = {
        "database": database_works(),
        "vault": storage_works("vault"),
        "kept": storage_works("kept"),
        "worker": worker_works(),
    }
    return JsonResponse(
        {"ok": all(checks.values()), **checks},
        status=200 if all(checks.values()) else 503,
    )
