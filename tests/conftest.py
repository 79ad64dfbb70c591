"""Fixtures that every test may use."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _private_storage(settings, tmp_path):
    """Each test has its own files; rate limits start afresh."""
    for alias in ("vault", "kept", "default"):
        settings.STORAGES = {
            **settings.STORAGES,
            alias: {
                **settings.STORAGES[alias],
                "OPTIONS": {
                    **settings.STORAGES[alias]["OPTIONS"],
                    "location": tmp_path / alias,
                },
            },
        }
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture(autouse=True)
def _empty_cache(request):
    yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        cache.clear()
