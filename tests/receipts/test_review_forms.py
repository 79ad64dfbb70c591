"""The reviewer's form: what is changed, added, removed, cleared or tampered with."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils.datastructures import MultiValueDict

from receipts.models import LineItem
from receipts.reading.result import ItemKind
from receipts.review_forms import (
    MOST_ITEMS,
    DeskForms,
    PurchaseForm,
    ReasonForm,
    item_formset,
)
from receipts.services.reviewing import ItemEdit
from receipts.verdicts import Use, reasons
from receipts.workflow import Status
from tests.factories import make_receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt():
    receipt = make_receipt(
        Status.IN_REVIEW,
        merchant_name="Fernhill Market",
        purchased_on=date(2025, 3, 4),
        purchased_at=time(19, 45),
        total=Decimal("1234.50"),
        revision=4,
    )
    for position, (description, quantity, amount) in enumerate(
        [("Oats", "2.000", "7.00"), ("Coupon", "1.000", "-1.50")]
    ):
        LineItem.objects.create(
            receipt=receipt,
            position=position,
            description=description,
            quantity=quantity,
            amount=amount,
        )
    return receipt


def posted(*lines, **fields) -> dict:
    """What the page sends; a line is (description, quantity, amount[, removed])."""
    data = {
        "revision": "4",
        "merchant_name": "Fernhill Market",
        "category": "supermarket",
        "purchased_on": "2025-03-04",
        "purchased_at": "19:45",
        "currency": "USD",
        "subtotal": "",
        "tax": "",
        "total": "1234.50",
        "without_items": "",
        "items-TOTAL_FORMS": str(len(lines)),
        "items-INITIAL_FORMS": "2",
    }
    for number, (description, quantity, amount, *removed) in enumerate(lines):
        data |= {
            f"items-{number}-description": description,
            f"items-{number}-quantity": quantity,
            f"items-{number}-amount": amount,
        }
        if removed:
            data[f"items-{number}-DELETE"] = "on"
    return data | fields


def items_of(receipt, *lines, **fields) -> list[tuple]:
    formset = item_formset(receipt, posted(*lines, **fields))
    assert formset.is_valid(), formset.errors
    return [(i.description, str(i.quantity), str(i.amount)) for i in formset.items()]


OATS, COUPON = ("Oats", "2", "7.00"), ("Coupon", "1", "-1.50")
BLANK = ("", "1", "")


def test_the_page_shows_the_receipt_in_plain_numbers(receipt):
    form, items = PurchaseForm(instance=receipt), item_formset(receipt)

    assert 'value="1234.50"' in str(form["total"])
    assert 'value="2025-03-04"' in str(form["purchased_on"])
    assert 'value="19:45"' in str(form["purchased_at"])
    assert 'value="4"' in str(form["revision"])
    assert [(str(f["quantity"].value()), str(f["amount"].value())) for f in items] == [
        ("2", "7.00"),
        ("1", "-1.50"),
        ("1", "None"),
    ]


def test_the_form_as_it_was_shown_edits_nothing(receipt):
    form = PurchaseForm(posted(), instance=receipt)

    assert form.is_valid()
    edit = form.as_edit([])
    assert edit.revision == 4
    for name in ("merchant_name", "category", "purchased_on", "purchased_at", "total"):
        assert getattr(edit, name) == getattr(receipt, name)
    assert (edit.subtotal, edit.tax, edit.without_items) == (None, None, "")


def test_the_kind_is_shown_where_a_line_may_be_no_plain_item(receipt):
    LineItem.objects.create(
        receipt=receipt, position=2, description="Gift", amount="0.00", kind="discount"
    )

    forms = list(item_formset(receipt))

    assert [(f["kind"].value(), f.shows_kind) for f in forms] == [
        ("item", False),
        ("item", True),
        ("discount", True),
        ("item", False),
    ]


@pytest.mark.parametrize(
    ("kind", "amount", "expected"),
    [
        ("item", "7.00", ItemKind.ITEM),
        ("item", "-7.00", ItemKind.ITEM),
        ("", "7.00", ItemKind.ITEM),
        ("discount", "-7.00", ItemKind.DISCOUNT),
        ("void", "-7.00", ItemKind.VOID),
        ("void", "0.00", ItemKind.VOID),
    ],
)
def test_a_line_has_the_chosen_kind(receipt, kind, amount, expected):
    data = posted(("Oats", "2", amount), **{"items-0-kind": kind})

    formset = item_formset(receipt, data)

    assert formset.is_valid()
    assert formset.items() == [ItemEdit("Oats", Decimal(2), Decimal(amount), expected)]


@pytest.mark.parametrize(
    ("kind", "amount", "field", "sentence"),
    [
        ("discount", "0.01", "amount", "discount or a void is negative: −2.00."),
        ("void", "7.00", "amount", "discount or a void is negative: −2.00."),
        ("gift", "7.00", "kind", "gift is not one of the available choices."),
    ],
)
def test_a_kind_that_cannot_be_is_refused_in_sight(
    receipt, kind, amount, field, sentence
):
    data = posted(("Oats", "2", amount), **{"items-0-kind": kind})

    formset = item_formset(receipt, data)

    assert not formset.is_valid()
    assert list(formset.forms[0].errors) == [field]
    assert formset.forms[0].errors[field][0].endswith(sentence)
    assert formset.forms[0].shows_kind


def test_a_kind_beside_an_unreadable_amount_is_kept(receipt):
    data = posted(("Oats", "2", "abc"), **{"items-0-kind": "void"})

    formset = item_formset(receipt, data)

    assert list(formset.forms[0].errors) == ["amount"]
    assert formset.forms[0]["kind"].value() == "void"


def test_the_form_writes_nothing_by_itself(receipt):
    form = PurchaseForm(posted(merchant_name="Other"), instance=receipt)

    assert form.is_valid()
    assert receipt.merchant_name == "Fernhill Market"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", "12,34"),
        ("total", "1.234"),
        ("total", "NaN"),
        ("total", "99999999999"),
        ("subtotal", "abc"),
        ("purchased_on", "2025-02-30"),
        ("purchased_at", "25:00"),
        ("category", "made_up"),
        ("merchant_name", "x" * 121),
        ("currency", "DOLLARS"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(receipt, field, value):
    form = PurchaseForm(posted(**{field: value}), instance=receipt)

    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert form[field].value() == value


def test_a_currency_is_written_in_capitals(receipt):
    form = PurchaseForm(posted(currency="usd"), instance=receipt)

    assert form.is_valid()
    assert form.cleaned_data["currency"] == "USD"


def test_a_category_that_the_list_lacks_is_kept(receipt):
    receipt.category = "florist"

    form = PurchaseForm(posted(category="florist"), instance=receipt)

    assert form.is_valid()


@pytest.mark.parametrize("revision", ["", "x"])
def test_a_form_without_its_revision_is_out_of_date(receipt, revision):
    form = PurchaseForm(posted(revision=revision), instance=receipt)

    assert form.shown_revision == -1


def test_items_stay_as_they_were(receipt):
    assert items_of(receipt, OATS, COUPON, BLANK) == [OATS, COUPON]


def test_items_are_changed_added_and_removed(receipt):
    assert items_of(
        receipt,
        ("Rolled oats", "2", "7.10"),
        (*COUPON, "removed"),
        ("Bananas", "0.75", "2.10"),
    ) == [("Rolled oats", "2", "7.10"), ("Bananas", "0.75", "2.10")]


def test_an_emptied_line_is_removed(receipt):
    assert items_of(receipt, BLANK, COUPON, ("  ", "", " ")) == [COUPON]


def test_a_removed_line_may_hold_anything(receipt):
    assert items_of(receipt, ("", "x", "y", "removed"), COUPON) == [COUPON]


def test_a_line_without_quantity_is_one(receipt):
    assert items_of(receipt, ("Oats", "", "7.00")) == [("Oats", "1", "7.00")]


def test_all_lines_may_go(receipt):
    assert items_of(receipt, (*OATS, "removed"), BLANK) == []


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (("", "1", "7.00"), "description"),
        (("Oats", "1", ""), "amount"),
        (("Oats", "one", "7.00"), "quantity"),
        (("Oats", "1", "7.001"), "amount"),
        (("x" * 201, "1", "7.00"), "description"),
    ],
)
def test_a_half_filled_line_is_refused_beside_its_field(receipt, line, field):
    formset = item_formset(receipt, posted(line, COUPON))

    assert not formset.is_valid()
    assert list(formset.forms[0].errors) == [field]
    assert formset.forms[0]["description"].value() == line[0]


def test_two_hundred_lines_fit_with_the_blank_one_below(receipt):
    lines = [("Oats", "1", "1.00")] * MOST_ITEMS

    assert len(items_of(receipt, *lines, BLANK)) == MOST_ITEMS


@pytest.mark.parametrize("count", [MOST_ITEMS + 1, 900])
def test_more_than_two_hundred_lines_are_refused_in_a_sentence(receipt, count):
    formset = item_formset(receipt, posted(*[("Oats", "1", "1.00")] * count))

    assert not formset.is_valid()
    assert formset.non_form_errors() == ["A receipt has at most 200 lines."]


@pytest.mark.parametrize("total", ["", "x", "-1"])
def test_a_tampered_number_of_lines_is_refused_in_a_sentence(receipt, total):
    formset = item_formset(receipt, posted(OATS, **{"items-TOTAL_FORMS": total}))

    assert not formset.is_valid()
    assert formset.non_form_errors() == [
        "The lines didn’t arrive whole. Enter them again."
    ]


def test_a_huge_number_of_lines_makes_no_huge_page(receipt):
    formset = item_formset(receipt, posted(OATS, **{"items-TOTAL_FORMS": "9999999"}))

    assert not formset.is_valid()
    assert len(formset.forms) == MOST_ITEMS + 50


@pytest.mark.parametrize("initial", ["0", "9"])
def test_a_tampered_number_of_first_lines_loses_none(receipt, initial):
    fields = {"items-INITIAL_FORMS": initial}

    assert items_of(receipt, OATS, COUPON, **fields) == [OATS, COUPON]


@pytest.mark.parametrize("use", [Use.REJECT, Use.RETURN])
def test_a_decision_needs_one_of_its_reasons(use):
    codes = [code for code, _sentence in reasons(use)]
    other = "cut_off" if use == Use.REJECT else "too_old"
    prefix = use.value

    def errors(code):
        return ReasonForm({f"{prefix}-code": code}, use=use).errors

    assert [code for code in codes if errors(code)] == []
    assert errors("") == {"code": ["Choose a reason."]}
    assert list(errors(other)) == ["code"]


def test_a_note_has_room_for_five_hundred_characters():
    def is_valid(note):
        data = {"reject-code": "too_old", "reject-note": note}
        return ReasonForm(data, use=Use.REJECT).is_valid()

    assert (is_valid("x" * 500), is_valid("x" * 501)) == (True, False)


def test_a_rejection_is_not_held_up_by_the_purchase(receipt):
    data = posted(total="abc") | {"reject-code": "too_old", "reject-note": "Sorry"}

    forms = DeskForms(receipt, data, use=Use.REJECT)

    assert forms.is_valid()
    assert forms.as_reason() == {"code": "too_old", "note": "Sorry", "revision": 4}


def test_what_was_typed_beside_the_pressed_button_is_kept(receipt):
    data = MultiValueDict(
        {
            name: [value]
            for name, value in posted(
                OATS, merchant_name="Typed", **{"return-note": "Also typed"}
            ).items()
        }
    )

    forms = DeskForms(receipt, data, use=Use.REJECT)

    assert not forms.is_valid()
    assert forms.purchase["merchant_name"].value() == "Typed"
    assert forms.returning["note"].value() == "Also typed"
    assert not forms.returning.errors


def test_an_accepted_form_becomes_an_edit(receipt):
    forms = DeskForms(receipt, posted(OATS, COUPON, merchant_name="Typed"))

    assert forms.is_valid()
    edit = forms.as_edit()
    assert (edit.merchant_name, edit.total) == ("Typed", Decimal("1234.50"))
    assert edit.items == (
        ItemEdit("Oats", Decimal(2), Decimal("7.00")),
        ItemEdit("Coupon", Decimal(1), Decimal("-1.50")),
    )
