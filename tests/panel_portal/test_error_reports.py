"""What becomes of an error that nobody foresaw: a page, and a line without content."""

import io
import json
import logging
from logging.handlers import SMTPHandler

import pytest
from django.conf import settings as live_settings
from django.test import Client
from django.utils.log import AdminEmailHandler

from panel_portal.logs import JsonFormatter
from receipts.review_forms import DeskForms
from receipts.services import reviewing
from tests.factories import make_reviewer
from tests.receipts.test_review_views import posted, waiting

TYPED = "Castillo Zyrtec 4827"


@pytest.fixture
def logged():
    """All that any logger writes, down to DEBUG, as the portal writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("module", "name"),
    [(reviewing, "save_edit"), (DeskForms, "is_valid"), (reviewing, "apply_edit")],
)
def test_an_error_in_the_review_page_tells_nothing_of_the_form(
    logged, monkeypatch, module, name
):
    receipt, reviewer = waiting(), make_reviewer()

    def broken(*args, **kwargs):
        typed = TYPED  # as a local variable, in the chain, and in the text
        try:
            raise KeyError(typed)
        except KeyError as error:
            raise RuntimeError(f"not {typed}: {args}") from error

    monkeypatch.setattr(module, name, broken)
    client = Client(raise_request_exception=False)
    client.force_login(reviewer)
    client.get(f"/review/{receipt.public_id}/")
    data = posted(receipt, merchant_name=TYPED)

    response = client.post(f"/review/{receipt.public_id}/save/", data)

    assert response.status_code == 500
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    [told] = [line for line in lines if line.get("exception")]
    assert (told["exception"], told["message"]) == (
        "RuntimeError",
        "Internal Server Error: [path]",
    )
    for word in (*TYPED.split(), receipt.public_id, reviewer.email):
        assert word not in logged.getvalue()
        assert word not in response.content.decode()


def test_no_error_is_mailed_to_anyone():
    """Django's reports hold forms and variables, so there are none."""
    assert list(live_settings.ADMINS) == list(live_settings.MANAGERS) == []
    assert live_settings.DEBUG is False
    loggers = [
        logging.getLogger(),
        *map(logging.getLogger, logging.root.manager.loggerDict),
    ]
    mailing = (AdminEmailHandler, SMTPHandler)
    assert [
        logger.name
        for logger in loggers
        for handler in logger.handlers
        if isinstance(handler, mailing)
    ] == []
