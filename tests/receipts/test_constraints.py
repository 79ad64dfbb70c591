"""What the database itself refuses, whoever writes: one test a named constraint."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from receipts.models import (
    DuplicateClaim,
    ExcludedCategory,
    LineItem,
    Merchant,
    MerchantAlias,
    ReaderModel,
    Reading,
    Receipt,
    ReceiptFile,
    ReceiptPage,
    ReceiptPolicy,
    ReceiptVerdict,
    Redaction,
    RedactionCheck,
    RedactionReport,
    SensitiveDataPolicy,
)
from receipts.workflow import Status
from tests.factories import make_panel, make_receipt, make_reviewer

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def change(receipt, **fields):
    Receipt.objects.filter(pk=receipt.pk).update(**fields)


def twice(model, **fields):
    model.objects.create(**fields)
    model.objects.create(**fields)


def policy(**fields):
    ReceiptPolicy.objects.create(panel=make_panel(), valid_from=DAY, **fields)


def policy_twice():
    twice(ReceiptPolicy, panel=make_panel(), valid_from=DAY)


def merchant_twice():
    twice(Merchant, panel=make_panel(), name="Corner Grocery")


def alias_twice():
    merchant = Merchant.objects.create(panel=make_panel(), name="Corner Grocery")
    twice(MerchantAlias, merchant=merchant, name="Corner")


def alias_of_no_kind():
    merchant = Merchant.objects.create(panel=make_panel(), name="Corner Grocery")
    MerchantAlias.objects.create(merchant=merchant, name="Corner", kind="smell")


def category_twice():
    twice(ExcludedCategory, panel=make_panel(), category="casino")


def page_twice():
    twice(ReceiptPage, receipt=make_receipt(), position=0, width=1, height=1)


def file_twice():
    twice(ReceiptFile, receipt=make_receipt(), position=0, size=1)


def item_twice():
    twice(LineItem, receipt=make_receipt(), position=0, description="Oil", amount=1)


def item(**fields):
    LineItem.objects.create(receipt=make_receipt(), description="Oil", **fields)


def verdict_twice():
    twice(ReceiptVerdict, receipt=make_receipt(), code="not_sure", rejects=False)


def claim_twice():
    receipt = make_receipt()
    what = {"panel": receipt.panel, "kind": "file", "key": "0" * 64}
    DuplicateClaim.objects.create(receipt=receipt, **what)
    DuplicateClaim.objects.create(
        receipt=make_receipt(panelist=receipt.panelist), **what
    )


def accepted_without(**fields):
    return lambda: make_receipt(Status.ACCEPTED, **fields)


def reading(**fields):
    Reading.objects.create(
        receipt=make_receipt(), version="1", straight_through=True, result={}, **fields
    )


def confirmed_merchant():
    Merchant.objects.create(
        panel=make_panel(), name="Corner Grocery", confirmed_at=timezone.now()
    )


def two_current_models():
    for version in ("1", "2"):
        ReaderModel.objects.create(version=version, receipts=1, is_current=True)


def redaction(**fields):
    Redaction.objects.create(
        receipt=make_receipt(), **{"kind": "prescription", "corners": []} | fields
    )


def check(**fields):
    RedactionCheck.objects.create(
        receipt=make_receipt(), digest="0" * 64, requested_by=make_reviewer(), **fields
    )


def sensitive_policy(**fields):
    defaults = {"kind": "prescription", "action": "redact", "valid_from": DAY}
    SensitiveDataPolicy.objects.create(panel=make_panel(), **defaults | fields)


def sensitive_policy_twice():
    what = {"panel": make_panel(), "kind": "prescription", "valid_from": DAY}
    twice(SensitiveDataPolicy, **what)


def unsigned_report():
    RedactionReport.objects.create(receipt=make_receipt(), released_at=timezone.now())


REFUSED = {
    "sensitive_data_policy_ends_after_it_starts": [
        lambda: sensitive_policy(valid_to=DAY),
    ],
    "sensitive_data_policy_start_is_unique": [sensitive_policy_twice],
    "sensitive_data_policy_kind_is_known": [lambda: sensitive_policy(kind="shoes")],
    "sensitive_data_policy_action_is_known": [lambda: sensitive_policy(action="sell")],
    "redaction_decided_at_and_by_go_together": [
        lambda: redaction(decided_at=timezone.now()),
        lambda: redaction(decided_by=make_reviewer()),
    ],
    "redaction_kind_is_known": [lambda: redaction(kind="shoes")],
    "redaction_confidence_is_a_probability": [
        lambda: redaction(confidence=-0.1),
        lambda: redaction(confidence=1.1),
    ],
    "redaction_check_is_finished_when_it_has_an_outcome": [
        lambda: check(outcome="clean"),
        lambda: check(finished_at=timezone.now()),
    ],
    "released_redaction_report_is_signed": [unsigned_report],
    "receipt_window_is_positive": [lambda: policy(window_days=0)],
    "receipt_policy_ends_after_it_starts": [lambda: policy(valid_to=DAY)],
    "receipt_policy_start_is_unique": [policy_twice],
    "receipt_quality_checks_are_a_percentage": [
        lambda: policy(quality_check_percent=Decimal("-0.01")),
        lambda: policy(quality_check_percent=Decimal("100.01")),
    ],
    "receipt_gate_leads_are_not_negative": [
        lambda: policy(total_margin=-1),
        lambda: policy(weak_margin=-1),
        lambda: policy(date_margin=-1),
    ],
    "receipt_gate_confidences_are_probabilities": [
        lambda: policy(least_word_confidence=-1),
        lambda: policy(least_total_confidence=Decimal("1.001")),
        lambda: policy(least_date_confidence=2),
        lambda: policy(least_merchant_confidence=-1),
    ],
    "reading_on_trial_says_what_would_be": [
        lambda: reading(trial="dry_run"),
        lambda: reading(trial="quality_check"),
    ],
    "confirmed_merchant_was_learned": [confirmed_merchant],
    "merchant_name_is_unique": [merchant_twice],
    "merchant_alias_is_unique": [alias_twice],
    "merchant_alias_kind_is_known": [alias_of_no_kind],
    "excluded_category_is_unique": [category_twice],
    "receipt_review_at_and_by_go_together": [
        lambda: make_receipt(Status.IN_REVIEW, review_at=timezone.now()),
        lambda: make_receipt(Status.IN_REVIEW, review_by=make_reviewer()),
    ],
    "receipt_is_decided_when_its_status_says_so": [
        lambda: change(make_receipt(Status.ACCEPTED), decided_at=None),
        lambda: change(make_receipt(Status.REJECTED), decided_at=None),
        lambda: make_receipt(Status.SUBMITTED, decided_at=timezone.now()),
        lambda: make_receipt(Status.IN_REVIEW, decided_at=timezone.now()),
        lambda: make_receipt(Status.IN_REVIEW, decided_by=make_reviewer()),
        lambda: make_receipt(Status.RETURNED, decided_at=timezone.now()),
        lambda: change(make_receipt(), status="lost"),
    ],
    "accepted_receipt_has_merchant_date_and_total": [
        accepted_without(merchant_name=""),
        accepted_without(purchased_on=None),
        accepted_without(total=None),
        accepted_without(total=Decimal("0.00")),
        accepted_without(total=Decimal("-1.00")),
        accepted_without(currency=""),
    ],
    "receipt_file_position_is_unique": [file_twice],
    "receipt_page_position_is_unique": [page_twice],
    "line_item_position_is_unique": [item_twice],
    "line_item_unit_price_is_not_negative": [
        lambda: item(amount=-1, unit_price=Decimal("-0.0001")),
    ],
    "line_item_kind_is_known": [
        lambda: item(amount=-1, kind="gift"),
        lambda: item(amount=-1, kind=""),
    ],
    "line_item_discount_or_void_is_not_positive": [
        lambda: item(amount=Decimal("0.01"), kind="discount"),
        lambda: item(amount=Decimal("0.01"), kind="void"),
    ],
    "receipt_verdict_is_given_once": [verdict_twice],
    "duplicate_claim_is_unique": [claim_twice],
    "one_reader_model_is_current": [two_current_models],
}


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param(name, write, id=f"{name}-{number}")
        for name, writes in REFUSED.items()
        for number, write in enumerate(writes)
    ],
)
def test_the_database_refuses(name, write):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()

    # SQLite doesn't name a unique constraint.
    assert name in str(refusal.value) or "UNIQUE constraint" in str(refusal.value)


def test_every_named_constraint_of_receipts_has_its_test():
    named = {
        constraint.name
        for model in apps.get_app_config("receipts").get_models()
        for constraint in model._meta.constraints
    }

    assert named == REFUSED.keys()


def test_thresholds_at_their_bounds_and_empty_ones_are_taken():
    policy(quality_check_percent=100, total_margin=0, least_total_confidence=1)
    policy(quality_check_percent=0, least_word_confidence=0)

    assert ReceiptPolicy.objects.filter(valid_from=DAY).count() == 2


def test_lines_at_their_bounds_are_taken():
    item(amount=-1, kind="item", unit_price=0)
    item(amount=0, kind="void", unit_price=Decimal("9999999999.9999"))

    assert list(LineItem.objects.values_list("kind", "unit_price")) == [
        ("item", 0),
        ("void", Decimal("9999999999.9999")),
    ]


@pytest.mark.parametrize("status", Status)
def test_a_whole_receipt_of_every_status_is_taken(status):
    assert make_receipt(status).status == status
