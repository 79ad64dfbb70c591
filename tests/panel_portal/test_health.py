"""`/healthz` by what it really checks: each part is broken in turn."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from panel_portal import heartbeat
from panel_portal.models import Heartbeat
from tests.factories import make_panelist

pytestmark = pytest.mark.django_db
FINE = {"ok": True, "database": True, "vault": True, "kept": True, "worker": True}


@pytest.fixture(autouse=True)
def _alive():
    heartbeat.beat()


def break_storage(settings, tmp_path, alias):
    """Its place is a file, so that nothing can be written there."""
    place = tmp_path / "a-file"
    place.write_text("")
    settings.STORAGES = {
        **settings.STORAGES,
        alias: {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": place / alias},
        },
    }


def test_all_is_well_without_a_login(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, FINE)


def test_it_is_never_cached(client):
    response = client.get("/healthz")

    assert "no-store" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("alias", ["vault", "kept"])
def test_a_storage_that_takes_nothing_is_named(client, settings, tmp_path, alias):
    break_storage(settings, tmp_path, alias)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == FINE | {"ok": False, alias: False}


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_gone_is_named_and_the_worker_is_unknown(client, error):
    def broken(*args, **kwargs):
        raise error("connection refused by db.internal")

    with connection.execute_wrapper(broken):
        response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == FINE | {"ok": False, "database": False, "worker": False}
    assert "db.internal" not in response.content.decode()


def test_a_worker_that_stands_still_is_named(client, settings):
    Heartbeat.objects.update(
        beat_at=timezone.now() - timedelta(seconds=settings.HEARTBEAT_STALE_AFTER + 5)
    )

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == FINE | {"ok": False, "worker": False}


def test_a_worker_that_never_started_is_named(client):
    Heartbeat.objects.all().delete()

    assert client.get("/healthz").json() == FINE | {"ok": False, "worker": False}


def test_a_panelist_sees_no_more(client):
    client.force_login(make_panelist().user)

    assert client.get("/healthz").json() == FINE


def test_nothing_is_left_in_the_storages(client, settings):
    client.get("/healthz")

    for folder in (settings.VAULT_DIR, settings.KEPT_DIR):
        assert list((folder / "healthz").iterdir()) == []


def test_it_can_only_be_asked(client):
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405
