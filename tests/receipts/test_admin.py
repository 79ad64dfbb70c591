from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from django_q.models import OrmQ

from panelists.models import User
from panelists.roles import OPERATOR
from receipts.models import (
    ExcludedCategory,
    LineItem,
    Merchant,
    MerchantAlias,
    Reading,
    Receipt,
    ReceiptEvent,
    ReceiptFile,
    ReceiptPage,
    ReceiptPolicy,
    ReceiptVerdict,
)
from receipts.reading.gate import Gate
from receipts.workflow import Status
from tests.factories import (
    make_finance,
    make_operator,
    make_panel,
    make_receipt,
    make_reviewer,
    make_user,
)

pytestmark = pytest.mark.django_db
RECEIPTS = "/admin/receipts/receipt/"


@pytest.fixture
def operator(client):
    operator = make_operator()
    client.force_login(operator)
    return operator


@pytest.fixture
def superuser(client):
    superuser = User.objects.create_superuser("super@example.com")
    client.force_login(superuser)
    return superuser


def make_whole_receipt(status: Status) -> Receipt:
    """A receipt with every part, whose contents are easy to look for."""
    receipt = make_receipt(
        status, merchant_name="Shopname", currency="USD", category="shopkind"
    )
    ReceiptFile.objects.create(
        receipt=receipt,
        sha256="f11e" * 16,
        media_type="image/heic",
        size=987_654,
        original="receipts/inthevault/original.heic",
    )
    ReceiptPage.objects.create(
        receipt=receipt,
        width=1234,
        height=4321,
        working="receipts/inthevault/working.jpg",
        working_thumbnail="receipts/inthevault/small.jpg",
        words="receipts/inthevault/words.json",
        kept_image="receipts/inthekept/page.jpg",
        kept_thumbnail="receipts/inthekept/small.jpg",
    )
    Reading.objects.create(
        receipt=receipt,
        version="1",
        straight_through=False,
        result={"merchant": "Readname", "confidence": {"total": 0.25}},
    )
    LineItem.objects.create(receipt=receipt, description="Boughtthing", amount="1.00")
    ReceiptVerdict.objects.create(receipt=receipt, code="not_sure", rejects=False)
    ReceiptEvent.objects.create(
        receipt=receipt, to_status=status, code="edited", note="Notewritten"
    )
    return receipt


def read_again(client, *receipts):
    return client.post(
        RECEIPTS,
        {"action": "read_again", "_selected_action": [row.pk for row in receipts]},
        follow=True,
    )


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def page_of(client, row) -> str:
    opts = row._meta
    path = f"/admin/{opts.app_label}/{opts.model_name}/{row.pk}/change/"
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


# What is shown ----------------------------------------------------------------------


@pytest.mark.parametrize("status", Status)
def test_no_page_names_a_file_or_shows_what_was_read(client, superuser, status):
    receipt = make_whole_receipt(status)

    pages = [
        page_of(client, row)
        for row in (
            receipt,
            receipt.files.get(),
            receipt.pages.get(),
            receipt.readings.get(),
            receipt.verdicts.get(),
            receipt.events.get(),
        )
    ] + [
        client.get(f"/admin/receipts/{name}/").content.decode()
        for name in ("receipt", "receiptfile", "receiptpage", "reading", "receiptevent")
    ]

    hidden = ("inthevault", "inthekept", "Readname", "Notewritten")
    assert [word for word in hidden for page in pages if word in page] == []


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ACCEPTED}))
def test_what_was_bought_is_hidden_until_a_receipt_is_accepted(
    client, superuser, status
):
    receipt = make_whole_receipt(status)

    pages = [
        page_of(client, receipt),
        client.get(RECEIPTS).content.decode(),
        client.get("/admin/receipts/lineitem/").content.decode(),
    ]

    hidden = ("Shopname", "shopkind", "Boughtthing")
    assert [word for word in hidden for page in pages if word in page] == []
    item = receipt.items.get()
    forced = client.get(f"/admin/receipts/lineitem/{item.pk}/change/")
    assert forced.status_code == 302


def test_what_was_bought_is_shown_once_it_is_accepted(client, operator):
    receipt = make_whole_receipt(Status.ACCEPTED)

    page = page_of(client, receipt)
    listed = client.get(RECEIPTS).content.decode()

    assert [word for word in ("Shopname", "Boughtthing") if word not in page] == []
    assert "Shopname" in listed
    assert "Boughtthing" in client.get("/admin/receipts/lineitem/").content.decode()


def test_the_list_of_lines_shows_unit_prices_and_kinds(client, operator):
    receipt = make_receipt(Status.ACCEPTED)
    LineItem.objects.create(
        receipt=receipt, description="Tea", unit_price="4.25", amount=-17, kind="void"
    )

    listed = client.get("/admin/receipts/lineitem/", {"kind": "void"})

    text = listed.content.decode()
    assert '<td class="field-unit_price">4.2500</td>' in text
    assert '<td class="field-kind">Void</td>' in text


def test_files_and_pages_show_sizes_types_and_hashes(client, operator):
    receipt = make_whole_receipt(Status.IN_REVIEW)

    page = page_of(client, receipt)

    shown = ("image/heic", "987654", "f11e" * 16, "1234", "4321")
    assert [word for word in shown if word not in page] == []


def test_a_reading_shows_how_sure_it_was(client, operator):
    receipt = make_whole_receipt(Status.IN_REVIEW)

    assert "total 0.25" in page_of(client, receipt.readings.get())


def test_no_search_finds_what_is_hidden(client, operator):
    make_whole_receipt(Status.IN_REVIEW)

    found = [
        client.get(f"/admin/receipts/{name}/", {"q": word}).context["cl"].result_count
        for name, word in (
            ("receipt", "Shopname"),
            ("lineitem", "Boughtthing"),
            ("reading", "Readname"),
        )
    ]

    assert found == [0, 0, 0]


def test_receipts_are_found_by_id_panelist_and_number(client, operator):
    receipt, _other = make_receipt(), make_receipt()

    found = [
        list(client.get(RECEIPTS, {"q": q}).context["cl"].queryset)
        for q in (receipt.public_id, receipt.panelist.public_id, str(receipt.pk))
    ]

    assert found == [[receipt]] * 3


def test_receipts_are_filtered_by_verdict(client, operator):
    receipt, _other = make_receipt(), make_receipt()
    ReceiptVerdict.objects.create(receipt=receipt, code="too_old", rejects=True)

    response = client.get(RECEIPTS, {"verdict": "too_old"})

    assert list(response.context["cl"].queryset) == [receipt]


# Reading again ----------------------------------------------------------------------


def test_reading_again_goes_through_the_service(client, operator):
    receipt = make_receipt(Status.IN_REVIEW)

    response = read_again(client, receipt)

    receipt.refresh_from_db()
    assert receipt.status == Status.SUBMITTED
    assert (receipt.events.get().actor, receipt.events.get().code) == (
        operator,
        "requeued",
    )
    assert OrmQ.objects.get().task["args"] == (receipt.pk,)
    assert messages_of(response) == ["1 receipt is being read again."]
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.change_message) == (
        receipt.public_id,
        "Read again.",
    )


def test_each_receipt_that_cannot_be_read_again_says_why(client, operator):
    free = make_receipt(Status.IN_REVIEW)
    held = make_receipt(
        Status.IN_REVIEW, review_by=make_reviewer(), review_at=timezone.now()
    )
    decided = make_receipt(Status.ACCEPTED)

    response = read_again(client, free, held, decided)

    assert set(messages_of(response)) == {
        "1 receipt is being read again.",
        f"receipt {held.public_id}: Another reviewer is looking at this receipt.",
        f"receipt {decided.public_id}: This receipt has moved on. Look at it again.",
    }
    assert OrmQ.objects.count() == LogEntry.objects.count() == 1


def test_only_those_who_may_requeue_find_the_action(client, operator):
    Group.objects.get(name=OPERATOR).permissions.remove(
        Permission.objects.get(codename="requeue_receipt")
    )
    receipt = make_receipt(Status.IN_REVIEW)

    listed = client.get(RECEIPTS).content.decode()
    read_again(client, receipt)

    receipt.refresh_from_db()
    assert "read_again" not in listed
    assert receipt.status == Status.IN_REVIEW
    assert not OrmQ.objects.exists()


@pytest.mark.parametrize("make", [make_user, make_reviewer, make_finance])
def test_the_receipts_of_the_admin_are_not_there_for_others(client, make):
    receipt = make_receipt(Status.IN_REVIEW)
    client.force_login(make())

    assert client.get(RECEIPTS).status_code == 404
    assert client.get(f"{RECEIPTS}{receipt.pk}/change/").status_code == 404
    assert read_again(client, receipt).status_code == 404


# Rules ------------------------------------------------------------------------------


def test_an_operator_edits_a_merchant_and_its_aliases(client, operator):
    merchant = Merchant.objects.get(name="Whole Foods Market")
    kept, dropped, *_others = merchant.aliases.order_by("pk")
    data = {
        "panel": merchant.panel_id,
        "name": merchant.name,
        "category": "supermarket",
        "standing": "own_store",
        "aliases-TOTAL_FORMS": 3,
        "aliases-INITIAL_FORMS": 2,
        "aliases-0-id": kept.pk,
        "aliases-0-merchant": merchant.pk,
        "aliases-0-kind": "name",
        "aliases-0-name": "Whole Fds",
        "aliases-1-id": dropped.pk,
        "aliases-1-merchant": merchant.pk,
        "aliases-1-kind": "name",
        "aliases-1-name": dropped.name,
        "aliases-1-DELETE": "on",
        "aliases-2-merchant": merchant.pk,
        "aliases-2-kind": "name",
        "aliases-2-name": "WF",
    }

    response = client.post(f"/admin/receipts/merchant/{merchant.pk}/change/", data)

    names = set(merchant.aliases.values_list("name", flat=True))
    assert response.status_code == 302
    assert {"Whole Fds", "WF"} <= names
    assert dropped.name not in names


def test_a_merchants_standing_ends_after_it_starts(client, operator):
    data = {
        "panel": make_panel().pk,
        "name": "Shop",
        "standing": "excluded",
        "valid_from": "2026-02-01",
        "valid_to": "2026-02-01",
        "aliases-TOTAL_FORMS": 0,
        "aliases-INITIAL_FORMS": 0,
    }

    response = client.post("/admin/receipts/merchant/add/", data)

    assert "The standing must end after it starts." in response.content.decode()
    assert not Merchant.objects.filter(name="Shop").exists()


def test_a_stored_category_of_another_name_is_still_offered(client, operator):
    merchant = Merchant.objects.create(
        panel=make_panel(), name="Shop", category="zeppelins"
    )

    page = page_of(client, merchant)

    assert '<option value="zeppelins" selected>' in page
    assert '<option value="cinema">' in page


def test_a_merchant_that_receipts_name_is_kept_with_a_sentence(client, superuser):
    receipt = make_receipt(Status.ACCEPTED)
    merchant = Merchant.objects.create(panel=receipt.panel, name="Shop")
    Receipt.objects.filter(pk=receipt.pk).update(merchant=merchant)

    response = client.post(
        f"/admin/receipts/merchant/{merchant.pk}/delete/", {"post": "yes"}, follow=True
    )

    assert messages_of(response) == [
        "Receipts name this merchant. Set the end of its standing instead."
    ]
    assert Merchant.objects.filter(pk=merchant.pk).exists()


def test_a_merchant_that_no_receipt_names_is_deleted(client, superuser):
    merchant = Merchant.objects.create(panel=make_panel(), name="Shop")
    MerchantAlias.objects.create(merchant=merchant, name="Shoppe")

    client.post(f"/admin/receipts/merchant/{merchant.pk}/delete/", {"post": "yes"})

    assert not Merchant.objects.filter(pk=merchant.pk).exists()


def test_an_operator_deletes_no_merchant(client, operator):
    merchant = Merchant.objects.create(panel=make_panel(), name="Shop")

    response = client.post(
        f"/admin/receipts/merchant/{merchant.pk}/delete/", {"post": "yes"}
    )

    assert response.status_code == 403
    assert Merchant.objects.filter(pk=merchant.pk).exists()


def test_an_operator_excludes_a_kind_of_shop_and_takes_it_back(client, operator):
    panel = make_panel()

    client.post(
        "/admin/receipts/excludedcategory/add/", {"panel": panel.pk, "category": "rent"}
    )
    row = ExcludedCategory.objects.get(panel=panel)
    client.post(f"/admin/receipts/excludedcategory/{row.pk}/delete/", {"post": "yes"})

    assert row.category == "rent"
    assert not ExcludedCategory.objects.filter(panel=panel).exists()


def test_only_kinds_that_the_reading_knows_are_excluded(client, operator):
    panel = make_panel()

    response = client.post(
        "/admin/receipts/excludedcategory/add/",
        {"panel": panel.pk, "category": "zeppelins"},
    )

    assert response.status_code == 200
    assert not ExcludedCategory.objects.filter(panel=panel).exists()


def test_a_policy_that_has_begun_is_kept_with_a_sentence(client, superuser):
    panel = make_panel()
    begun = ReceiptPolicy.objects.create(panel=panel, valid_from=panel.today())

    response = client.post(
        f"/admin/receipts/receiptpolicy/{begun.pk}/delete/",
        {"post": "yes"},
        follow=True,
    )

    assert messages_of(response) == [
        "This policy has begun. Set the day on which it ends instead."
    ]


def test_an_operator_widens_the_window(client, operator):
    policy = ReceiptPolicy.objects.first()

    client.post(
        f"/admin/receipts/receiptpolicy/{policy.pk}/change/",
        {
            "panel": policy.panel_id,
            "valid_from": policy.valid_from,
            "window_days": 9999,
            "first_month_grace_days": 31,
            "straight_through": "off",
            "quality_check_percent": "2.5",
            "requires_total_line": "on",
            "least_total_confidence": "0.99",
        },
    )

    policy.refresh_from_db()
    assert (policy.window_days, policy.straight_through) == (9999, "off")
    assert policy.quality_check_percent == Decimal("2.50")
    assert policy.gate() == Gate(
        requires_second_fact=False,
        requires_date_witness=False,
        requires_merchant=False,
        least_total_confidence=0.99,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quality_check_percent", "100.01"),
        ("quality_check_percent", "-1"),
        ("total_margin", "-0.01"),
        ("least_date_confidence", "1.001"),
        ("least_merchant_confidence", "NaN"),
        ("straight_through", "perhaps"),
    ],
)
def test_what_is_no_threshold_is_refused_beside_its_field(
    client, operator, name, value
):
    policy = ReceiptPolicy.objects.first()
    data = {
        "panel": policy.panel_id,
        "valid_from": policy.valid_from,
        "window_days": 31,
        "first_month_grace_days": 31,
        "straight_through": "on",
        "quality_check_percent": "0",
    }

    response = client.post(
        f"/admin/receipts/receiptpolicy/{policy.pk}/change/", data | {name: value}
    )

    assert list(response.context["adminform"].form.errors) == [name]


def test_a_new_policy_is_offered_with_quality_checks(client, operator):
    page = client.get("/admin/receipts/receiptpolicy/add/")

    form = page.context["adminform"].form
    assert form["quality_check_percent"].value() == "2"
    assert form["straight_through"].value() == "dry_run"
    assert form["requires_merchant"].value() is True
    least = form["least_merchant_confidence"]
    assert (least.value(), least.field.widget.attrs["placeholder"]) == (
        None,
        str(Gate.least_merchant_confidence),
    )
