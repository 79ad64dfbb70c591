"""The review desk: the queue, the hold, every button, and what comes in between."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from receipts.models import (
    LineItem,
    Reading,
    Receipt,
    ReceiptEvent,
    ReceiptPage,
    ReceiptVerdict,
)
from receipts.services import reviewing
from receipts.services.moves import record
from receipts.services.submitting import withdraw
from receipts.workflow import Status
from tests.factories import (
    make_finance,
    make_panelist,
    make_receipt,
    make_reviewer,
    make_user,
)

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
QUEUE = "/review/"
ACTIONS = ["save", "accept", "reject", "return", "release"]
QUERIES_OF_DESK = 24
DECISIONS = ["save", "accept", "reject", "return"]


@pytest.fixture
def reviewer():
    return make_reviewer()


@pytest.fixture
def desk(client, reviewer):
    """The reviewer's browser."""
    client.force_login(reviewer)
    return client


def waiting(minutes: int = 0, **fields) -> Receipt:
    """A receipt in review, shared some minutes ago, with a reading and one item."""
    at = timezone.now() - timedelta(minutes=minutes)
    receipt = make_receipt(Status.IN_REVIEW, submitted_at=at, **fields)
    record(receipt, Status.SUBMITTED, code="not_sure")
    ReceiptVerdict.objects.create(receipt=receipt, code="not_sure", rejects=False)
    LineItem.objects.create(receipt=receipt, description="Oats", amount="12.34")
    Reading.objects.create(
        receipt=receipt,
        version="1",
        straight_through=False,
        result={
            "confidence": {"merchant": 0.99, "date": 0.8, "total": 0.3, "items": 0.97},
            "evidence": {"total": ["The items add up to it."]},
        },
    )
    return receipt


def posted(receipt, **fields) -> dict:
    data = {
        "revision": receipt.revision,
        "merchant_name": receipt.merchant_name,
        "category": receipt.category,
        "purchased_on": receipt.purchased_on or "",
        "purchased_at": "",
        "currency": receipt.currency,
        "subtotal": "",
        "tax": "",
        "total": receipt.total or "",
        "without_items": "",
        "items-TOTAL_FORMS": "2",
        "items-INITIAL_FORMS": "1",
        "items-0-description": "Oats",
        "items-0-quantity": "1",
        "items-0-amount": "12.34",
        "items-1-description": "",
        "items-1-quantity": "1",
        "items-1-amount": "",
        "reject-code": "",
        "reject-note": "",
        "return-code": "",
        "return-note": "",
    }
    return data | fields


def url(receipt, name="work") -> str:
    return reverse(f"review:{name}", args=[receipt.public_id])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def status_of(receipt) -> str:
    receipt.refresh_from_db()
    return receipt.status


# The queue --------------------------------------------------------------------------


def test_the_queue_is_a_page_and_for_htmx_a_fragment(desk):
    waiting()

    page, fragment = desk.get(QUEUE), desk.get(QUEUE, **HTMX)

    assert page.templates[0].name == "review/queue.html"
    assert fragment.templates[0].name == "review/_queue.html"
    assert fragment.content.strip().startswith(b'<div id="review-queue"')
    assert b"<html" not in fragment.content


def test_the_queue_is_ordered_by_age_and_leaves_out_own_receipts(desk, reviewer):
    for name, minutes in [("Young", 1), ("Old", 60), ("Middle", 30)]:
        waiting(minutes, merchant_name=name)
    waiting(90, panelist=make_panelist(user=reviewer), merchant_name="Own")
    make_receipt(Status.ACCEPTED, merchant_name="Decided")

    page = desk.get(QUEUE).context["page"]

    assert [r.merchant_name for r in page] == ["Old", "Middle", "Young"]


def test_the_queue_says_who_holds_what(desk, reviewer):
    other = make_reviewer(name="Robin Other")
    for holder, minutes in [(reviewer, 0), (other, 0), (other, 16)]:
        receipt = waiting()
        reviewing.take(receipt, by=holder)
        at = timezone.now() - timedelta(minutes=minutes)
        Receipt.objects.filter(pk=receipt.pk).update(review_at=at)

    text = text_of(desk.get(QUEUE))

    assert text.count('data-label="Held by">You<') == 1
    assert text.count('data-label="Held by">Robin Other<') == 1
    assert text.count('data-label="Held by">–<') == 1


def test_an_empty_queue_says_so_and_offers_nothing(desk):
    text = text_of(desk.get(QUEUE))

    assert "Nothing waits for you" in text
    assert "Review the next one" not in text


def test_the_queue_costs_the_same_however_long_it_is(desk, django_assert_num_queries):
    for _ in range(5):
        reviewing.take(waiting(), by=make_reviewer())

    # Session, user, membership, permissions (2); receipts, their number and verdicts.
    with django_assert_num_queries(8):
        desk.get(QUEUE)


def test_next_holds_the_oldest_that_is_free(desk, reviewer):
    held, free = waiting(60), waiting(30)
    reviewing.take(held, by=make_reviewer())

    response = desk.post("/review/next/")

    assert response.url == url(free)
    free.refresh_from_db()
    assert free.review_by == reviewer


def test_next_of_an_empty_queue_says_so(desk):
    response = desk.post("/review/next/", follow=True)

    assert response.redirect_chain == [(QUEUE, 302)]
    assert said(response) == ["No other receipt waits for you."]


def test_skipping_leads_through_the_whole_queue_and_frees_what_is_left(desk):
    receipts = [waiting(minutes) for minutes in (30, 20, 10)]
    desk.get(url(receipts[0]))

    seen = []
    for receipt in (0, 1, 2):
        response = desk.post(
            "/review/next/",
            {"after": receipts[receipt].public_id} | posted(receipts[0]),
        )
        seen.append(response.url)

    assert seen == [url(receipts[1]), url(receipts[2]), url(receipts[0])]
    assert Receipt.objects.filter(review_by=None).count() == 2


# The hold ---------------------------------------------------------------------------


def test_opening_a_receipt_holds_it(desk, reviewer):
    receipt = waiting()

    response = desk.get(url(receipt))

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    receipt.refresh_from_db()
    assert receipt.review_by == reviewer


def test_only_asking_about_a_receipt_does_not_hold_it(desk):
    receipt = waiting()

    head = desk.head(url(receipt))
    ahead = desk.get(url(receipt), headers={"Sec-Purpose": "prefetch;prerender"})

    assert (head.status_code, ahead.status_code) == (200, 503)
    receipt.refresh_from_db()
    assert receipt.review_by is None


def test_what_another_holds_is_not_opened(desk):
    receipt = waiting()
    other = make_reviewer()
    reviewing.take(receipt, by=other)

    response = desk.get(url(receipt), follow=True)

    assert response.redirect_chain == [(QUEUE, 302)]
    assert said(response) == ["Another reviewer is looking at this receipt."]
    receipt.refresh_from_db()
    assert receipt.review_by == other


def test_after_a_quarter_of_an_hour_another_may_take_it(desk, reviewer):
    receipt = waiting()
    reviewing.take(receipt, by=make_reviewer())
    Receipt.objects.update(review_at=timezone.now() - timedelta(minutes=16))

    assert desk.get(url(receipt)).status_code == 200
    receipt.refresh_from_db()
    assert receipt.review_by == reviewer


def test_leaving_a_receipt_frees_it(desk):
    receipt = waiting()
    desk.get(url(receipt))

    assert desk.post(url(receipt, "release"), posted(receipt)).url == QUEUE
    receipt.refresh_from_db()
    assert receipt.review_by is None


def test_the_desk_shows_each_field_with_its_confidence_and_evidence(desk):
    receipt = waiting()

    text = text_of(desk.get(url(receipt)))

    assert "We aren’t sure that we read this receipt right." in text
    assert "The items add up to it." in text
    assert [text.count(f"sure--{word}") for word in ("low", "middle", "high")] == [
        1,
        1,
        2,
    ]
    assert 'value="12.34"' in text


def explained(**result) -> Receipt:
    """In review, with a reading that says more."""
    receipt = waiting()
    result = receipt.readings.get().result | result
    Reading.objects.create(
        receipt=receipt, version="4", model="7", straight_through=False, result=result
    )
    return receipt


def test_the_desk_says_what_the_machine_was_not_sure_of(desk):
    receipt = explained(reasons=["Another amount is nearly as likely the total."])

    text = text_of(desk.get(url(receipt)))

    assert "What the machine wasn’t sure of" in text
    assert "<li>Another amount is nearly as likely the total.</li>" in text
    assert "Read by version 4 of the rules. How sure it was says model 7." in text


def test_what_the_machine_was_not_sure_of_is_no_matter_after_the_decision(
    desk, reviewer
):
    receipt = explained(reasons=["Another amount is nearly as likely the total."])
    desk.get(url(receipt))
    desk.post(url(receipt, "reject"), posted(receipt, **{"reject-code": "unreadable"}))

    text = text_of(desk.get(url(receipt)))

    assert "You have decided on this receipt." in text
    assert "What the machine wasn’t sure of" not in text


def test_each_input_is_described_by_its_meter_and_evidence(desk):
    text = text_of(desk.get(url(explained())))

    assert 'aria-describedby="id_total_sure id_total_evidence"' in text
    assert 'aria-describedby="id_purchased_on_sure"' in text
    assert 'id="id_total_sure"' in text and 'id="id_total_evidence"' in text
    assert text.count("aria-describedby") == 3  # merchant, date, total


def test_an_inputs_error_is_told_before_its_evidence(desk):
    receipt = explained()
    desk.get(url(receipt))

    response = desk.post(url(receipt, "accept"), posted(receipt, total="9,99"))

    described = 'aria-describedby="id_total_error id_total_sure id_total_evidence"'
    assert response.status_code == 422
    assert described in text_of(response)


def test_what_else_was_read_stands_below_the_form(desk):
    receipt = explained(
        tip="3.00", payments=[{"kind": "visa", "amount": "15.34", "last_four": "4242"}]
    )

    text = text_of(desk.get(url(receipt)))

    assert "<dt>Tip</dt><dd>$3.00</dd>" in text
    assert "<dt>Paid</dt><dd>$15.34 Visa ending in 4242</dd>" in text


def test_a_receipt_that_was_never_read_has_nothing_to_explain(desk):
    receipt = waiting()
    receipt.readings.all().delete()

    text = text_of(desk.get(url(receipt)))

    assert "Also read" not in text
    assert "aria-describedby" not in text


def test_the_desk_asks_a_fixed_number_of_times(desk, django_assert_num_queries):
    receipt = explained(reasons=["One."], tip="3.00")
    desk.get(url(receipt))

    with django_assert_num_queries(QUERIES_OF_DESK):
        desk.get(url(receipt))


def test_the_desk_works_without_a_picture_or_a_reading(desk):
    receipt = make_receipt(
        Status.IN_REVIEW,
        merchant_name="",
        purchased_on=None,
        total=None,
        currency="",
        category="",
    )

    text = text_of(desk.get(url(receipt)))

    assert "Unknown shop" in text
    assert "The file couldn’t be opened." in text
    assert "<img" not in text


def test_the_desk_shows_the_pictures_of_the_receipt_it_holds(desk):
    receipt = waiting()
    for position in (0, 1):
        ReceiptPage.objects.create(
            receipt=receipt, position=position, width=6, height=9, working="w.jpg"
        )

    text = text_of(desk.get(url(receipt)))

    for position in (0, 1):
        assert f'src="/receipts/{receipt.public_id}/pages/{position}/"' in text


def test_times_are_those_of_the_panel(desk):
    receipt = waiting()
    Receipt.objects.filter(pk=receipt.pk).update(submitted_at="2025-07-01T02:30:00Z")

    assert "shared Jun 30, 2025, 10:30 PM" in text_of(desk.get(url(receipt)))


def test_the_history_is_in_words_and_never_names_the_panelist(desk):
    receipt = waiting()
    record(
        receipt,
        Status.IN_REVIEW,
        by=receipt.panelist.user,
        code="edited",
        fields=["total", "items"],
    )

    text = text_of(desk.get(url(receipt)))

    assert "In review: Corrected." in text
    assert "Changed: total, line items" in text
    assert "the panelist" in text
    assert receipt.panelist.user.email not in text


# Decisions --------------------------------------------------------------------------


def test_saving_keeps_the_receipt_in_review(desk):
    receipt = waiting()
    desk.get(url(receipt))

    response = desk.post(
        url(receipt, "save"),
        posted(
            receipt,
            merchant_name="Elm Diner",
            **{
                "items-1-description": "Coupon",
                "items-1-amount": "-2.00",
                "items-0-DELETE": "on",
            },
        ),
        follow=True,
    )

    assert response.redirect_chain == [(url(receipt), 302)]
    assert said(response) == ["Saved."]
    assert status_of(receipt) == Status.IN_REVIEW
    assert receipt.merchant_name == "Elm Diner"
    assert list(receipt.items.values_list("description", "quantity", "amount")) == [
        ("Coupon", 1, -2)
    ]


def test_a_reviewer_says_that_a_line_is_a_discount(desk):
    receipt = waiting()
    LineItem.objects.create(
        receipt=receipt, position=1, description="Coupon", amount="-2.00"
    )
    shown = desk.get(url(receipt))
    line = {
        "items-1-description": "Coupon",
        "items-1-amount": "-2.00",
        "items-1-kind": "discount",
    }

    desk.post(url(receipt, "save"), posted(receipt, **line))
    again = desk.get(url(receipt))

    hidden = '<div data-kind hidden><label class="visually-hidden" for="id_items-{}-'
    seen = '<div data-kind ><label class="visually-hidden" for="id_items-{}-kind">'
    assert hidden.format(0) in text_of(shown) and seen.format(1) in text_of(shown)
    assert list(receipt.items.values_list("description", "kind")) == [
        ("Oats", "item"),
        ("Coupon", "discount"),
    ]
    assert '<option value="discount" selected>Discount</option>' in text_of(again)


def test_accepting_opens_the_next(desk, reviewer):
    receipt, after = waiting(10), waiting(5)
    desk.get(url(receipt))

    response = desk.post(
        url(receipt, "accept"), posted(receipt, total="11.11"), follow=True
    )

    assert response.redirect_chain == [(url(after), 302)]
    assert said(response) == ["Accepted."]
    assert status_of(receipt) == Status.ACCEPTED
    assert (str(receipt.total), receipt.decided_by) == ("11.11", reviewer)


def test_the_last_decision_ends_at_the_queue(desk):
    receipt = waiting()
    desk.get(url(receipt))

    response = desk.post(url(receipt, "accept"), posted(receipt), follow=True)

    assert response.redirect_chain == [(QUEUE, 302)]
    assert said(response) == ["Accepted.", "No other receipt waits for you."]


def test_a_receipt_without_items_is_accepted_for_a_reason(desk):
    receipt = waiting()
    desk.get(url(receipt))
    none = {"items-0-DELETE": "on"}

    refused = desk.post(url(receipt, "accept"), posted(receipt, **none))
    desk.post(url(receipt, "accept"), posted(receipt, without_items="Torn", **none))

    assert refused.status_code == 422
    assert "Enter what was bought, or say why there is none." in text_of(refused)
    assert (status_of(receipt), receipt.items.count()) == (Status.ACCEPTED, 0)
    assert receipt.without_items == "Torn"


@pytest.mark.parametrize(
    ("name", "use", "code", "status"),
    [
        ("reject", "reject", "too_old", Status.REJECTED),
        ("return", "return", "cut_off", Status.RETURNED),
    ],
)
def test_a_decision_for_a_reason_tells_the_panelist(desk, name, use, code, status):
    receipt, after = waiting(10), waiting(5)
    desk.get(url(receipt))

    response = desk.post(
        url(receipt, name),
        posted(receipt, **{f"{use}-code": code, f"{use}-note": "Sorry."}),
    )

    assert response.url == url(after)
    assert status_of(receipt) == status
    assert receipt.verdicts.get().code == code
    assert receipt.events.last().note == "Sorry."


@pytest.mark.parametrize("name", ["reject", "return"])
def test_a_decision_without_its_reason_comes_back_with_all_that_was_typed(desk, name):
    receipt = waiting()
    desk.get(url(receipt))

    response = desk.post(
        url(receipt, name),
        posted(receipt, merchant_name="Typed", **{f"{name}-note": "Typed too"}),
    )

    assert response.status_code == 422
    text = text_of(response)
    assert "Choose a reason." in text
    assert 'value="Typed"' in text
    assert "Typed too" in text
    assert status_of(receipt) == Status.IN_REVIEW


@pytest.mark.parametrize("name", ["save", "accept"])
def test_an_invalid_form_comes_back_with_its_errors_and_input(desk, name):
    receipt = waiting()
    desk.get(url(receipt))

    response = desk.post(
        url(receipt, name),
        posted(
            receipt,
            merchant_name="Typed",
            total="12,34",
            **{"items-1-description": "Bananas", "return-note": "Kept"},
        ),
    )

    assert response.status_code == 422
    text = text_of(response)
    assert "Nothing is saved yet: put right what is marked below." in text
    assert 'id="id_total_error">Enter a number.' in text
    assert 'id="id_items-1-amount_error">This field is required.' in text
    for typed in ('value="Typed"', 'value="12,34"', 'value="Bananas"', "Kept"):
        assert typed in text
    assert status_of(receipt) == Status.IN_REVIEW
    assert receipt.merchant_name == "Corner Grocery"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"merchant_name": ""}, "Enter the shop’s name before you accept."),
        ({"purchased_on": ""}, "Enter the date before you accept."),
        ({"purchased_on": "2999-01-01"}, "The date lies after the day of submission."),
        ({"total": "0"}, "Enter a total above zero before you accept."),
        ({"currency": "CHF"}, "Only receipts in the panel’s currency can be accepted."),
    ],
)
def test_what_acceptance_lacks_is_said_and_nothing_is_lost(desk, fields, sentence):
    receipt = waiting()
    desk.get(url(receipt))

    response = desk.post(
        url(receipt, "accept"), posted(receipt, without_items="Typed", **fields)
    )

    assert response.status_code == 422
    assert response.context["problem"] == sentence
    assert f'role="alert"><p>{sentence}</p>' in text_of(response)
    assert 'value="Typed"' in text_of(response)
    assert status_of(receipt) == Status.IN_REVIEW


def test_a_purchase_shared_before_is_not_accepted(desk):
    first = waiting(10)
    second = waiting(5, panelist=make_panelist(panel=first.panel))
    fields = {"merchant_name": "Elm Diner", "purchased_at": "12:30"}
    desk.get(url(first))
    desk.post(url(first, "accept"), posted(first, **fields))

    response = desk.post(url(second, "accept"), posted(second, **fields))

    assert response.status_code == 422
    assert "This purchase has been shared before." in response.context["problem"]
    assert status_of(second) == Status.IN_REVIEW


def test_a_purchase_that_looks_like_another_is_said_once_and_nothing_is_lost(desk):
    receipt = waiting(5)
    make_receipt(
        Status.ACCEPTED,
        panelist=make_panelist(panel=receipt.panel),
        merchant_name="Elm Diner",
    )
    fields = {"merchant_name": "Elm Diner", "items-0-description": "Soup"}
    desk.get(url(receipt))

    first = desk.post(url(receipt, "accept"), posted(receipt, **fields))

    assert first.status_code == 409
    assert first.context["problem"].startswith("Now this looks like a purchase")
    assert 'value="Elm Diner"' in text_of(first) and 'value="Soup"' in text_of(first)
    assert "This looks like a purchase that was shared before." in text_of(first)
    assert status_of(receipt) == Status.IN_REVIEW
    assert receipt.merchant_name == "Corner Grocery"
    desk.post(url(receipt, "accept"), posted(receipt, **fields))
    assert status_of(receipt) == Status.ACCEPTED


# In between -------------------------------------------------------------------------


REASONS = {"reject-code": "too_old", "return-code": "cut_off"}


@pytest.mark.parametrize("name", DECISIONS)
def test_a_receipt_that_another_decided_on_stays_as_it_is(desk, name):
    receipt = waiting()
    other = make_reviewer()
    desk.get(url(receipt))
    Receipt.objects.update(review_at=timezone.now() - timedelta(minutes=16))
    reviewing.take(receipt, by=other)
    reviewing.reject(receipt, code="too_old", by=other, revision=receipt.revision)

    response = desk.post(url(receipt, name), posted(receipt, **REASONS))

    assert response.status_code == 409
    assert "This receipt has moved on" in text_of(response)
    assert status_of(receipt) == Status.REJECTED
    assert receipt.decided_by == other


@pytest.mark.parametrize("name", DECISIONS)
def test_a_receipt_that_its_panelist_took_back_stays_withdrawn(desk, name):
    receipt = waiting()
    desk.get(url(receipt))
    withdraw(receipt, by=receipt.panelist.user)

    response = desk.post(url(receipt, name), posted(receipt, **REASONS))

    assert response.status_code == 409
    assert status_of(receipt) == Status.WITHDRAWN


@pytest.mark.parametrize("name", DECISIONS)
def test_two_reviewers_never_decide_and_nothing_typed_is_lost(desk, name):
    receipt = waiting()
    other = make_reviewer()
    desk.get(url(receipt))
    Receipt.objects.update(review_at=timezone.now() - timedelta(minutes=16))
    reviewing.take(receipt, by=other)

    response = desk.post(
        url(receipt, name), posted(receipt, merchant_name="Typed", **REASONS)
    )

    assert response.status_code == 409
    assert response.context["problem"].startswith("Another reviewer is looking at")
    assert 'value="Typed"' in text_of(response)
    assert "shown to the reviewer who holds the receipt" in text_of(response)
    receipt.refresh_from_db()
    assert (receipt.status, receipt.review_by) == (Status.IN_REVIEW, other)
    assert receipt.merchant_name == "Corner Grocery"


@pytest.mark.parametrize("name", DECISIONS)
def test_what_was_saved_meanwhile_is_shown_beside_what_was_typed(desk, reviewer, name):
    receipt = waiting()
    desk.get(url(receipt))
    desk.post(url(receipt, "save"), posted(receipt, merchant_name="Other window"))

    stale = posted(receipt, merchant_name="Typed", **REASONS)
    response = desk.post(url(receipt, name), stale)

    assert response.status_code == 409
    text = text_of(response)
    assert "This receipt has changed since you opened it." in text
    assert 'value="Typed"' in text
    assert "Saved by now: Other window" in text
    assert status_of(receipt) == Status.IN_REVIEW
    again = stale | {"revision": response.context["forms"].purchase["revision"].value()}
    assert desk.post(url(receipt, name), again).status_code == 302


def test_a_hold_that_was_given_up_is_taken_again_before_anything_is_saved(
    desk, reviewer
):
    receipt = waiting()
    desk.get(url(receipt))
    reviewing.release(receipt, by=reviewer)

    response = desk.post(url(receipt, "accept"), posted(receipt, merchant_name="Typed"))

    assert response.status_code == 409
    assert response.context["problem"].startswith("You no longer held this receipt")
    assert 'value="Typed"' in text_of(response)
    assert status_of(receipt) == Status.IN_REVIEW
    assert receipt.review_by == reviewer


def test_a_decision_sent_twice_is_made_once(desk):
    receipt = waiting()
    desk.get(url(receipt))

    first = desk.post(url(receipt, "accept"), posted(receipt))
    second = desk.post(url(receipt, "accept"), posted(receipt))

    assert (first.status_code, second.status_code) == (302, 409)
    assert receipt.events.filter(to_status=Status.ACCEPTED).count() == 1


def test_tampered_lines_come_back_with_a_sentence(desk):
    receipt = waiting()
    desk.get(url(receipt))

    response = desk.post(
        url(receipt, "save"), posted(receipt, **{"items-TOTAL_FORMS": "x"})
    )

    assert response.status_code == 422
    assert "The lines didn’t arrive whole." in text_of(response)
    assert receipt.items.count() == 1


# Who may ----------------------------------------------------------------------------


def test_a_reviewer_never_sees_or_decides_on_their_own(desk, reviewer):
    receipt = waiting(panelist=make_panelist(user=reviewer))

    assert desk.get(url(receipt)).status_code == 404
    for name in ACTIONS:
        response = desk.post(url(receipt, name), posted(receipt, **REASONS))
        assert response.status_code == 404
    assert status_of(receipt) == Status.IN_REVIEW


@pytest.mark.parametrize("who", ["owner", "stranger", "finance", "nobody's"])
def test_the_desk_is_for_reviewers(client, who):
    receipt = waiting()
    user = {
        "owner": lambda: receipt.panelist.user,
        "stranger": lambda: make_panelist(panel=receipt.panel).user,
        "finance": make_finance,
        "nobody's": make_user,
    }[who]()
    client.force_login(user)

    answers = [
        client.get(QUEUE),
        client.post("/review/next/"),
        client.get(url(receipt)),
    ]
    answers += [
        client.post(url(receipt, name), posted(receipt, **REASONS)) for name in ACTIONS
    ]

    assert {response.status_code for response in answers} == {404}
    assert status_of(receipt) == Status.IN_REVIEW
    assert receipt.review_by is None


def test_without_a_sign_in_there_is_no_desk(client):
    receipt = waiting()

    for address in (QUEUE, url(receipt)):
        assert client.get(address).url == f"/accounts/login/?next={address}"
        fragment = client.get(address, **HTMX)
        assert fragment.headers["HX-Redirect"].startswith("/accounts/login/")
    for name in ACTIONS:
        response = client.post(url(receipt, name), posted(receipt, **REASONS))
        assert response.url.startswith("/accounts/login/")
    assert status_of(receipt) == Status.IN_REVIEW


@pytest.mark.parametrize("name", ACTIONS)
def test_changes_refuse_get(desk, name):
    assert desk.get(url(waiting(), name)).status_code == 405


def test_next_refuses_get(desk):
    assert desk.get("/review/next/").status_code == 405


@pytest.mark.parametrize("status", [s for s in Status if s != Status.IN_REVIEW])
def test_a_receipt_that_never_was_in_review_is_not_found(desk, status):
    receipt = make_receipt(status)

    assert desk.get(url(receipt)).status_code == 404
    assert desk.post(url(receipt, "save"), posted(receipt)).status_code == 404


def test_a_decided_receipt_is_shown_to_who_decided_and_to_no_other_reviewer(
    client, reviewer
):
    receipt = make_receipt(Status.ACCEPTED, decided_by=reviewer, merchant_name="Elm")
    ReceiptEvent.objects.create(receipt=receipt, to_status=Status.IN_REVIEW)

    client.force_login(reviewer)
    mine = client.get(url(receipt))
    client.force_login(make_reviewer())
    others = client.get(url(receipt))

    assert mine.status_code == 200
    assert "You have decided on this receipt." in text_of(mine)
    assert "formaction" not in text_of(mine)
    assert others.status_code == 409
    assert "Elm" not in text_of(others)
