"""A browser, for the tests that drive one."""

import pytest
from django.test import Client
from playwright.sync_api import sync_playwright


@pytest.fixture
def chromium():
    # One a test: while it runs, its event loop keeps Django from the database.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_as(live_server, monkeypatch, chromium):
    """A page of the portal, signed in as someone; fails on any script error."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    contexts, errors = [], []

    def open_page(user, path, **options):
        client = Client()
        client.force_login(user)
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                }
            ]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
