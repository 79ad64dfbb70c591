"""The demo's paper, its commands, and (long) the whole of it."""

import io
import json
import random
from datetime import date, time
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image

from panel_portal.demo import paper, seed
from panel_portal.demo.shops import SHOPS
from panelists.models import User
from receipts.models import Receipt, RedactionReport
from receipts.reading.read import read_receipt
from receipts.screening.findings import PERSONAL
from receipts.screening.texts import screen_text
from receipts.workflow import Status
from tests.defaults import write_defaults
from tests.factories import make_user

DAY = date(2026, 11, 3)


def slip_of(key: str, number: int = 1, **how) -> paper.Slip:
    return paper.compose(SHOPS[key], DAY, time(14, 5), random.Random(number), **how)


def read(data: bytes):
    return read_receipt(
        [Image.open(io.BytesIO(data))],
        locale="en_US",
        submitted_on=DAY,
        today=DAY,
    )


def test_the_same_seed_makes_the_same_picture():
    slip = slip_of("cafe")

    assert paper.snap(slip, random.Random(3)) == paper.snap(slip, random.Random(3))
    assert paper.snap(slip, random.Random(3)) != paper.snap(slip, random.Random(4))


@pytest.mark.parametrize("key", SHOPS)
def test_every_slip_adds_up(key):
    for number in range(20):
        slip = slip_of(key, number)

        assert slip.subtotal == sum(item.amount for item in slip.items)
        assert slip.total == slip.subtotal + slip.tax
        assert slip.total == slip.total.quantize(Decimal("0.01"))
        assert any(f"{slip.total:.2f}" in text for _style, text in slip.lines)


def test_a_return_has_a_negative_total():
    assert slip_of("department", sign=-1).total < 0


@pytest.mark.parametrize(
    ("key", "card", "kinds"),
    [
        ("apothecary", "4417", {"prescription"}),
        ("drive_through", "4417", {"prescription"}),
        ("department", seed.CARD, {"payment_card", "card_expiry"}),
        ("supermarket", "4417", set()),
    ],
)
def test_screening_finds_what_a_slip_shows(key, card, kinds):
    text = "\n".join(text for _style, text in slip_of(key, card=card).lines)

    assert screen_text(text) - PERSONAL == kinds


@pytest.mark.parametrize("key", ["supermarket", "restaurant", "cinema", "online"])
def test_a_worn_picture_of_each_style_is_read_right(key):
    slip = slip_of(key)

    reading = read(paper.snap(slip, random.Random(8)))

    assert (reading.date, reading.total) == (slip.day, slip.total)


@pytest.mark.long
def test_of_many_pictures_nearly_all_are_read_right_and_none_is_taken_wrongly():
    rng, right, wrongly_taken, count = random.Random(11), 0, [], 54
    for number in range(count):
        key = sorted(SHOPS)[number % len(SHOPS)]
        slip = slip_of(key, number)
        reading = read(paper.snap(slip, rng))
        is_right = (reading.date, reading.total) == (slip.day, slip.total)
        right += is_right
        if reading.straight_through and not is_right:
            wrongly_taken.append((key, number))

    assert wrongly_taken == []
    assert right >= 0.95 * count


# Commands ---------------------------------------------------------------------------


def output_of(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


@pytest.fixture
def noted(settings, tmp_path):
    """A demo's note in a data folder of its own."""
    settings.DATA_DIR = tmp_path

    def note(*, is_complete: bool) -> None:
        text = {"password": "p", "invitation": "i", "is_complete": is_complete}
        seed.notes_path().write_text(json.dumps(text))

    return note


@pytest.mark.django_db
def test_a_database_with_people_gets_no_demo(noted):
    make_user(email="someone@shop.example")

    text = output_of("seed_demo")

    assert text == "This database has people in it already: no demo is added.\n"
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("is_complete", [True, False])
def test_starting_over_refuses_while_anyone_is_of_no_demo(noted, is_complete):
    noted(is_complete=is_complete)
    make_user(email=f"panelist@{seed.DOMAIN}")
    make_user(email="someone@shop.example")

    with pytest.raises(CommandError, match="nothing was deleted"):
        call_command("start_over")

    assert User.objects.count() == 2
    assert seed.notes_path().exists()
    assert not seed.is_half_made()


@pytest.mark.django_db
def test_starting_over_refuses_where_the_files_are_no_demos(settings, tmp_path):
    settings.DATA_DIR, settings.VAULT_DIR = tmp_path, tmp_path / "vault"
    picture = tmp_path / "vault/receipts/someone/original.jpg"
    picture.parent.mkdir(parents=True)
    picture.touch()

    with pytest.raises(CommandError, match="nothing was deleted"):
        call_command("start_over")

    assert picture.exists()


@pytest.mark.django_db
def test_starting_over_refuses_another_programs_database(noted, monkeypatch):
    noted(is_complete=True)
    monkeypatch.setattr(
        connection.introspection, "table_names", lambda *args, **kwargs: ["customers"]
    )

    with pytest.raises(CommandError, match="something else than a portal"):
        call_command("start_over")


@pytest.mark.django_db
def test_a_demo_that_was_stopped_while_it_was_made_is_half_made(noted):
    assert not seed.is_half_made()
    noted(is_complete=False)
    make_user(email=f"panelist@{seed.DOMAIN}")
    assert seed.is_half_made()

    noted(is_complete=True)

    assert not seed.is_half_made()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cache_in_database")
def test_the_demo_shows_every_state_and_is_made_once():
    write_defaults()

    text = output_of("seed_demo")

    assert {status for (status,) in Receipt.objects.values_list("status")} == set(
        Status
    )
    assert set(User.objects.values_list("email", flat=True)) >= {
        f"{account}@{seed.DOMAIN}"
        for account in ("panelist", "reviewer", "finance", "operator")
    }
    for account in ("panelist", "reviewer", "finance", "operator"):
        assert f"{account}@{seed.DOMAIN}" in text
    [report] = RedactionReport.objects.all()
    assert report.released_at is not None, report.report
    marked = Receipt.objects.filter(status=Status.IN_REVIEW)
    kinds = marked.values_list("redactions__kind", flat=True)
    assert {"prescription", "payment_card", "card_expiry"} <= set(kinds)
    assert seed.notes_path().stat().st_mode & 0o077 == 0
    count = Receipt.objects.count()
    assert output_of("seed_demo").count("Demo logins") == 1
    assert Receipt.objects.count() == count
