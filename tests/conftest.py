"""Fixtures that every test may use."""

import shutil

import pytest
from django.core.management.commands import flush

from rewards import append_only
from tests.defaults import count_rows, write_defaults
from tests.machine import holding_the_machine


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Around pytest-timeout's own, so that no test's time runs while it waits."""
    with holding_the_machine(alone=item.get_closest_marker("alone") is not None):
        return (yield)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Looks at a new database before any test has written to it."""
    with django_db_blocker.unblock():
        return count_rows()


@pytest.fixture
def migrated(django_db_setup):
    """What the migrations wrote: the rows of each model that has any."""
    return django_db_setup


@pytest.fixture(autouse=True, scope="session")
def _append_only_tables_can_be_emptied():
    """Tests with real transactions are cleaned up by flush, which on SQLite deletes
    row by row: the triggers step aside for it, and for nothing else. It leaves the
    database as the migrations do, whichever test comes next on this process."""
    handle = flush.Command.handle

    def flush_all(self, **options):
        append_only.remove(using=options["database"])
        handle(self, **options)
        append_only.install(using=options["database"])
        write_defaults()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", flush_all)
        yield


@pytest.fixture(autouse=True)
def _plain_static_names(settings):
    """Pages are rendered without collecting static files first."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture(autouse=True)
def _empty_storage(settings):
    """Each test starts without anyone's files."""
    yield
    for folder in (settings.VAULT_DIR, settings.KEPT_DIR):
        for app in ("receipts", "surveys"):
            shutil.rmtree(folder / app, ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_cache(settings, tmp_path):
    """Rate limits start afresh; tests without a database need none for a cache."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": str(tmp_path),
        }
    }


@pytest.fixture
def cache_in_database(settings):
    """As in operation: a release searches it."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "portal_cache",
        }
    }


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """A hash that is slow on purpose would be most of the suite's time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
