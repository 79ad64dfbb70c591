"""The panelist's pages: the list, the detail, withdrawing, replacing, the pictures."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from receipts.models import (
    LineItem,
    Receipt,
    ReceiptPage,
    ReceiptVerdict,
)
from receipts.services import reviewing
from receipts.services.moves import record
from receipts.workflow import Status
from rewards.models import RewardPlan
from tests.factories import (
    make_finance,
    make_panel,
    make_panelist,
    make_receipt,
    make_reviewer,
    make_user,
)
from tests.receipts.papers import photo

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
LIST, NEW = "/receipts/", "/receipts/new/"
ALL_STATES = list(Status)


@pytest.fixture
def panelist():
    panel = make_panel()
    RewardPlan.objects.create(panel=panel, amount="10.00", valid_from=date(2020, 1, 1))
    return make_panelist(panel=panel)


@pytest.fixture
def own(client, panelist):
    """The panelist's browser."""
    client.force_login(panelist.user)
    return client


def add_page(receipt, *, working=b"working", kept=b""):
    page = ReceiptPage(receipt=receipt, width=600, height=900)
    if working:
        page.working.save("receipts/w.jpg", ContentFile(working), save=False)
        page.working_thumbnail.save("receipts/wt.jpg", ContentFile(b"t"), save=False)
    if kept:
        page.kept_image.save("receipts/k.jpg", ContentFile(kept), save=False)
        page.kept_thumbnail.save("receipts/kt.jpg", ContentFile(b"kt"), save=False)
    page.save()
    return page


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


# The list ---------------------------------------------------------------------------


def test_the_list_is_a_page_and_for_htmx_a_fragment(own, panelist):
    make_receipt(panelist=panelist)

    page, fragment = own.get(LIST), own.get(LIST, **HTMX)

    assert page.templates[0].name == "receipts/list.html"
    assert fragment.templates[0].name == "receipts/_live.html"
    assert fragment.content.strip().startswith(b'<div id="receipts-live"')
    assert b"<html" not in fragment.content


def test_the_list_shows_only_own_receipts(own, panelist):
    make_receipt(Status.ACCEPTED, panelist=panelist, merchant_name="Mine")
    make_receipt(Status.ACCEPTED, merchant_name="Foreign")

    text = text_of(own.get(LIST))

    assert "Mine" in text
    assert "Foreign" not in text


@pytest.mark.parametrize(
    ("status", "every"), [(Status.SUBMITTED, 2), (Status.IN_REVIEW, 30)]
)
def test_the_list_asks_again_while_something_is_pending(own, panelist, status, every):
    make_receipt(Status.ACCEPTED, panelist=panelist)
    make_receipt(status, panelist=panelist)

    response = own.get(LIST)

    assert f'hx-trigger="every {every}s"' in text_of(response)
    assert response.context["poll_every"] == every


@pytest.mark.parametrize(
    "status", [Status.ACCEPTED, Status.REJECTED, Status.RETURNED, Status.WITHDRAWN]
)
def test_the_list_stops_asking_once_nothing_is_pending(own, panelist, status):
    make_receipt(status, panelist=panelist)

    assert b"hx-get" not in own.get(LIST, **HTMX).content


def test_a_look_that_finds_nothing_new_swaps_nothing(own, panelist):
    receipt = make_receipt(panelist=panelist)
    seen = own.get(LIST).context["state"]

    before = own.get(LIST, {"seen": seen}, **HTMX)
    Receipt.objects.filter(pk=receipt.pk).update(
        status=Status.IN_REVIEW, revision=receipt.revision + 1
    )
    after = own.get(LIST, {"seen": seen}, **HTMX)

    assert (before.status_code, before.content) == (204, b"")
    assert after.status_code == 200
    assert "In review" in text_of(after)


def test_a_look_keeps_the_page_that_is_open(own, panelist):
    for _ in range(21):
        make_receipt(panelist=panelist)

    response = own.get(LIST, {"page": "2"})

    assert response.context["page"].number == 2
    assert 'hx-get="/receipts/?page=2&amp;seen=' in response.content.decode()


@pytest.mark.parametrize(("asked", "shown"), [("99", 2), ("0", 2), ("x", 1)])
def test_a_page_that_does_not_exist_is_the_nearest(own, panelist, asked, shown):
    for _ in range(21):
        make_receipt(Status.ACCEPTED, panelist=panelist)

    assert own.get(LIST, {"page": asked}).context["page"].number == shown


def test_an_empty_list_says_how_to_begin(own):
    text = text_of(own.get(LIST))

    assert "No receipts yet" in text
    assert "0 of 10 this month" in text


def test_the_header_counts_what_counts_what_is_pending_and_what_is_due(own, panelist):
    at = datetime(2025, 10, 9, 12, tzinfo=ZoneInfo("America/New_York"))
    for status in [Status.ACCEPTED] * 7 + [Status.SUBMITTED, Status.IN_REVIEW]:
        make_receipt(status, panelist=panelist)
    make_receipt(Status.RETURNED, panelist=panelist)
    make_receipt(Status.ACCEPTED, panelist=panelist, month=at.date().replace(day=1))

    text = text_of(own.get(LIST))

    assert "7 of 10 this month" in text
    assert "3 more receipts earn this month’s reward." in text
    assert "2 are pending." in text
    assert "1 needs you." in text
    assert "once a second person has approved it" in text


def test_the_list_costs_the_same_however_long_it_is(
    own, panelist, django_assert_num_queries
):
    for status in ALL_STATES:
        receipt = make_receipt(status, panelist=panelist)
        add_page(receipt)
        ReceiptVerdict.objects.create(receipt=receipt, code="not_sure", rejects=False)

    # Session, user, membership, permissions (2); receipts, their number, pages and
    # verdicts; the month, its plan and reward; what is pending.
    with django_assert_num_queries(13):
        own.get(LIST)


def test_a_reviewer_is_sent_to_the_queue(client):
    client.force_login(make_reviewer())

    assert client.get(LIST).url == "/review/"


def test_names_that_people_write_are_escaped(own, panelist):
    make_receipt(Status.ACCEPTED, panelist=panelist, merchant_name="<b>Bold</b>")

    content = own.get(LIST).content.decode()

    assert "&lt;b&gt;Bold&lt;/b&gt;" in content
    assert "<b>Bold" not in content


@pytest.mark.parametrize(
    ("status", "code", "rejects", "sentence"),
    [
        (Status.SUBMITTED, "", False, "We are reading it."),
        (Status.IN_REVIEW, "", False, "A person is going to look at it."),
        (Status.IN_REVIEW, "missing_date", False, "We couldn’t find the date."),
        (Status.RETURNED, "cut_off", True, "Part of the receipt is missing"),
        (Status.ACCEPTED, "not_sure", False, "It counts for "),
        (Status.REJECTED, "too_old", True, "This purchase was too long ago"),
        (Status.WITHDRAWN, "too_old", True, "You took it back"),
    ],
)
def test_every_state_says_why(own, panelist, status, code, rejects, sentence):
    receipt = make_receipt(status, panelist=panelist)
    if code:
        ReceiptVerdict.objects.create(receipt=receipt, code=code, rejects=rejects)

    assert sentence in text_of(own.get(LIST))
    assert sentence in text_of(own.get(f"/receipts/{receipt.public_id}/"))


# One receipt ------------------------------------------------------------------------


def test_the_detail_shows_what_was_read(own, panelist):
    receipt = make_receipt(
        Status.ACCEPTED,
        panelist=panelist,
        merchant_name="Fernhill Market",
        purchased_on=date(2025, 3, 4),
        total=Decimal("1234.50"),
    )
    LineItem.objects.create(
        receipt=receipt, description="Oats", quantity="2.000", amount="-3.50"
    )

    text = text_of(own.get(f"/receipts/{receipt.public_id}/"))

    assert "Fernhill Market" in text
    assert "March 4, 2025" in text
    assert "$1,234.50" in text
    assert '<td>Oats</td><td class="num">2</td><td class="num">−$3.50</td>' in text


def test_the_detail_shows_unit_prices_and_what_is_no_plain_item(own, panelist):
    receipt = make_receipt(Status.ACCEPTED, panelist=panelist)
    LineItem.objects.create(
        receipt=receipt, description="Oats", quantity=3, unit_price="2.5", amount="7.50"
    )
    LineItem.objects.create(
        receipt=receipt, position=1, description="Tea", amount="-2.00", kind="void"
    )

    text = text_of(own.get(f"/receipts/{receipt.public_id}/"))

    assert 'class="num">3 <span class="soft small">× 2.50</span></td>' in text
    assert '<td>Tea <span class="soft small">Void</span></td>' in text


@pytest.mark.parametrize("status", ALL_STATES)
def test_the_detail_asks_again_only_while_it_is_read(own, panelist, status):
    receipt = make_receipt(status, panelist=panelist)
    url = f"/receipts/{receipt.public_id}/"

    page, fragment = own.get(url), own.get(url, **HTMX)

    assert (b"hx-get" in page.content) == (status == Status.SUBMITTED)
    assert fragment.content.strip().startswith(b'<div id="receipt-detail"')
    assert (b"<html" in page.content, b"<html" in fragment.content) == (True, False)


def test_the_detail_swaps_nothing_until_something_has_changed(own, panelist):
    receipt = make_receipt(panelist=panelist, revision=3)
    url = f"/receipts/{receipt.public_id}/"

    assert own.get(url, {"seen": "3"}, **HTMX).status_code == 204
    assert own.get(url, {"seen": "2"}, **HTMX).status_code == 200
    assert own.get(url, {"seen": "3"}).status_code == 200


def test_only_a_returned_receipt_asks_for_a_new_picture(own, panelist):
    for status in ALL_STATES:
        receipt = make_receipt(status, panelist=panelist)

        content = own.get(f"/receipts/{receipt.public_id}/").content

        assert (b"/replace/" in content) == (status == Status.RETURNED)
        assert (b"/withdraw/" in content) == (status != Status.WITHDRAWN)


def test_a_decision_is_explained_by_what_it_rests_on_alone(own, panelist):
    receipt = make_receipt(Status.REJECTED, panelist=panelist)
    for code, rejects in [("sensitive", False), ("not_sure", False), ("too_old", True)]:
        ReceiptVerdict.objects.create(receipt=receipt, code=code, rejects=rejects)

    text = text_of(own.get(f"/receipts/{receipt.public_id}/"))

    assert "too long ago" in text
    assert "A person will" not in text


def test_the_panelist_reads_the_reviewers_note_until_it_is_answered(own, panelist):
    receipt = make_receipt(Status.RETURNED, panelist=panelist)
    record(receipt, Status.IN_REVIEW, note="The date is in the fold.", code="cut_off")
    url = f"/receipts/{receipt.public_id}/"

    before = text_of(own.get(url))
    record(receipt, Status.RETURNED, code="replaced")

    assert "The date is in the fold." in before
    assert "The date is in the fold." not in text_of(own.get(url))


def test_the_history_leaves_out_what_a_reviewer_saved_on_the_way(own, panelist):
    receipt = make_receipt(Status.IN_REVIEW, panelist=panelist)
    for origin in ("", Status.SUBMITTED, Status.IN_REVIEW):
        record(receipt, origin, code="edited", fields=["total"])

    events = own.get(f"/receipts/{receipt.public_id}/").context["events"]

    assert [event.from_status for event in events] == ["", "submitted"]


def test_a_receipt_without_its_picture_says_why(own, panelist):
    receipt = make_receipt(Status.REJECTED, panelist=panelist)
    add_page(receipt, working=b"")

    text = text_of(own.get(f"/receipts/{receipt.public_id}/"))

    assert "Its picture is deleted" in text
    assert "/pages/0/" not in text


# Taking it back, sending a better picture -------------------------------------------


@pytest.mark.parametrize("status", [s for s in ALL_STATES if s != Status.WITHDRAWN])
def test_a_receipt_is_withdrawn_from_any_state(own, panelist, status):
    receipt = make_receipt(status, panelist=panelist)

    response = own.post(f"/receipts/{receipt.public_id}/withdraw/")

    assert response.url == LIST
    receipt.refresh_from_db()
    assert (receipt.status, receipt.merchant_name) == (Status.WITHDRAWN, "")


def test_withdrawing_twice_says_so(own, panelist):
    receipt = make_receipt(Status.WITHDRAWN, panelist=panelist)

    response = own.post(f"/receipts/{receipt.public_id}/withdraw/", follow=True)

    assert "This receipt has moved on." in text_of(response)


def test_withdrawing_is_confirmed_without_a_script(own, panelist):
    receipt = make_receipt(Status.ACCEPTED, panelist=panelist)

    text = text_of(own.get(f"/receipts/{receipt.public_id}/"))

    asked = text.index("<summary>Take this receipt back</summary>")
    assert asked < text.index("deleted for good") < text.index("Withdraw and delete")


def test_a_returned_receipt_is_replaced_and_read_again(own, panelist):
    receipt = make_receipt(Status.RETURNED, panelist=panelist)
    file = SimpleUploadedFile("new.jpg", photo(day=date(2025, 3, 4)).read())

    response = own.post(f"/receipts/{receipt.public_id}/replace/", {"files": file})

    assert response.url == f"/receipts/{receipt.public_id}/"
    receipt.refresh_from_db()
    assert (receipt.status, receipt.files.count()) == (Status.SUBMITTED, 1)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "This file is empty."),
        ({"files": SimpleUploadedFile("a.txt", b"hello")}, "This isn’t a picture"),
        (
            {"files": SimpleUploadedFile("big.jpg", b"\xff\xd8\xff" + bytes(21 << 20))},
            "This file is over 20 MB.",
        ),
    ],
    ids=["none", "text", "too large"],
)
def test_a_replacement_that_is_refused_says_why(own, panelist, files, sentence):
    receipt = make_receipt(Status.RETURNED, panelist=panelist)
    for file in files.values():
        file.seek(0)

    response = own.post(f"/receipts/{receipt.public_id}/replace/", files, follow=True)

    assert sentence in text_of(response)
    receipt.refresh_from_db()
    assert receipt.status == Status.RETURNED


def test_a_receipt_that_was_not_returned_takes_no_new_picture(own, panelist):
    receipt = make_receipt(Status.ACCEPTED, panelist=panelist)
    file = SimpleUploadedFile("new.jpg", photo(day=date(2025, 3, 4)).read())

    response = own.post(
        f"/receipts/{receipt.public_id}/replace/", {"files": file}, follow=True
    )

    assert "This receipt doesn’t need a new picture." in text_of(response)
    receipt.refresh_from_db()
    assert receipt.status == Status.ACCEPTED


# Who may see what -------------------------------------------------------------------


def visitor(who: str, receipt):
    return {
        "owner": lambda: receipt.panelist.user,
        "stranger": lambda: make_panelist(panel=receipt.panel).user,
        "reviewer": make_reviewer,
        "finance": make_finance,
        "person without membership": make_user,
    }[who]()


OTHERS = ["stranger", "reviewer", "finance", "person without membership"]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("name", ["detail", "withdraw", "replace"])
def test_a_receipt_is_its_panelists_alone(client, panelist, who, name):
    receipt = make_receipt(Status.RETURNED, panelist=panelist)
    client.force_login(visitor(who, receipt))
    send = client.get if name == "detail" else client.post

    response = send(reverse(f"receipts:{name}", args=[receipt.public_id]))

    assert response.status_code == 404
    receipt.refresh_from_db()
    assert receipt.status == Status.RETURNED


@pytest.mark.parametrize("who", ["finance", "person without membership"])
@pytest.mark.parametrize("url", [LIST, NEW])
def test_the_pages_are_for_panelists(client, panelist, who, url):
    client.force_login(visitor(who, make_receipt(panelist=panelist)))

    assert client.get(url).status_code == 404
    assert client.post(NEW).status_code == 404


def test_an_expired_session_sends_the_whole_page_to_the_sign_in(client, panelist):
    receipt = make_receipt(panelist=panelist)
    current = {"HTTP_HX_CURRENT_URL": "http://testserver/receipts/"}

    for method, url in [
        (client.get, LIST),
        (client.post, NEW),
        (client.get, f"/receipts/{receipt.public_id}/"),
    ]:
        plain, fragment = method(url), method(url, **HTMX, **current)

        assert plain.url == f"/accounts/login/?next={url}"
        assert fragment.headers["HX-Redirect"] == "/accounts/login/?next=/receipts/"


@pytest.mark.parametrize("name", ["withdraw", "replace"])
def test_changes_refuse_get(own, panelist, name):
    receipt = make_receipt(Status.RETURNED, panelist=panelist)

    response = own.get(reverse(f"receipts:{name}", args=[receipt.public_id]))

    assert response.status_code == 405


# Pictures ---------------------------------------------------------------------------


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def picture_urls(receipt):
    return [
        reverse(f"receipts:{name}", args=[receipt.public_id, 0])
        for name in ("page", "thumbnail")
    ]


def test_pictures_are_never_stored_on_the_way(own, panelist):
    receipt = make_receipt(panelist=panelist)
    add_page(receipt)

    for url in picture_urls(receipt):
        response = own.get(url)

        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert set(response.headers["Cache-Control"].split(", ")) == {
            "private",
            "no-store",
        }


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.ACCEPTED])
def test_pictures_are_shown_to_no_one_else(client, panelist, who, status):
    receipt = make_receipt(status, panelist=panelist)
    add_page(receipt, kept=b"kept")
    client.force_login(visitor(who, receipt))

    assert [client.get(url).status_code for url in picture_urls(receipt)] == [404, 404]


def test_pictures_ask_for_a_sign_in(client, panelist):
    receipt = make_receipt(panelist=panelist)
    add_page(receipt)

    for url in picture_urls(receipt):
        assert client.get(url).url == f"/accounts/login/?next={url}"


def test_the_vault_opens_only_to_the_reviewer_who_holds_the_receipt(client, panelist):
    receipt = make_receipt(Status.IN_REVIEW, panelist=panelist)
    add_page(receipt)
    holder, other = make_reviewer(), make_reviewer()
    url = picture_urls(receipt)[0]

    reviewing.take(receipt, by=holder)

    client.force_login(holder)
    assert body(client.get(url)) == b"working"
    client.force_login(other)
    assert client.get(url).status_code == 404


def test_the_vault_closes_when_the_hold_ends(client, panelist):
    receipt = make_receipt(Status.IN_REVIEW, panelist=panelist)
    add_page(receipt)
    holder = make_reviewer()
    client.force_login(holder)
    url = picture_urls(receipt)[0]

    reviewing.take(receipt, by=holder)
    Receipt.objects.update(review_at=timezone.now() - timedelta(minutes=16))
    expired = client.get(url).status_code
    reviewing.take(receipt, by=holder)
    reviewing.release(receipt, by=holder)

    assert (expired, client.get(url).status_code) == (404, 404)


def test_a_holder_who_is_no_longer_a_reviewer_sees_nothing(client, panelist):
    receipt = make_receipt(Status.IN_REVIEW, panelist=panelist)
    add_page(receipt)
    holder = make_reviewer()
    reviewing.take(receipt, by=holder)
    holder.groups.clear()
    client.force_login(holder)

    assert client.get(picture_urls(receipt)[0]).status_code == 404


def test_after_the_decision_the_reviewer_who_made_it_sees_the_kept_copy(
    client, panelist
):
    reviewer, other = make_reviewer(), make_reviewer()
    receipt = make_receipt(Status.ACCEPTED, panelist=panelist, decided_by=reviewer)
    add_page(receipt, kept=b"kept")
    url = picture_urls(receipt)[0]

    for user, expected in [(reviewer, b"kept"), (panelist.user, b"kept")]:
        client.force_login(user)
        assert body(client.get(url)) == expected
    client.force_login(other)
    assert client.get(url).status_code == 404


def test_what_a_crash_left_in_the_vault_is_not_shown_after_the_decision(
    client, panelist
):
    reviewer = make_reviewer()
    receipt = make_receipt(Status.ACCEPTED, panelist=panelist, decided_by=reviewer)
    add_page(receipt)
    client.force_login(reviewer)

    assert client.get(picture_urls(receipt)[0]).status_code == 404


def test_a_picture_whose_file_is_gone_is_not_found(own, panelist):
    receipt = make_receipt(panelist=panelist)
    page = add_page(receipt)
    page.working.storage.delete(page.working.name)

    assert own.get(picture_urls(receipt)[0]).status_code == 404


def test_a_page_that_does_not_exist_is_not_found(own, panelist):
    receipt = make_receipt(panelist=panelist)

    assert own.get(picture_urls(receipt)[0]).status_code == 404
