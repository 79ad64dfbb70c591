"""Whose phone number reviews teach, and whose own they never may."""

import re

import pytest
from django.db import IntegrityError, transaction

from receipts.models import Merchant, MerchantAlias
from receipts.reading.merchant import KnownMerchant
from receipts.services import merchants
from receipts.services.errors import NotAllowed
from receipts.services.submitting import submit
from tests.factories import make_operator, make_panel, make_panelist
from tests.receipts.looks import conclude, upload_of
from tests.receipts.test_merchants import NAME, accept_as, share

pytestmark = pytest.mark.django_db
OURS, HERS = "5035550142", "5035550177"


@pytest.fixture
def panel():
    return make_panel()


def share_with(panel, *phones, read_as: str = NAME, **fields):
    return share(panel, read_as=read_as, phones=phones, **fields)


def numbers(panel) -> list[tuple[str, str]]:
    """Of each number in use the merchant and the digits."""
    rows = MerchantAlias.objects.filter(
        merchant__panel=panel, kind="phone", is_used=True
    ).order_by("pk")
    return list(rows.values_list("merchant__name", "name"))


def learned(panel) -> MerchantAlias:
    for _number in range(2):
        accept_as(share_with(panel, OURS))
    return MerchantAlias.objects.get(merchant__panel=panel, kind="phone")


# Learning ---------------------------------------------------------------------------


def test_a_number_is_learned_after_two_panelists(panel):
    accept_as(share_with(panel, OURS))
    after_one = numbers(panel)

    accept_as(share_with(panel, OURS))

    alias = MerchantAlias.objects.get(merchant__panel=panel)
    assert (after_one, numbers(panel)) == ([], [(NAME, OURS)])
    assert alias.learned_at is not None
    assert merchants.known(panel) == [
        KnownMerchant(NAME, (), "books", learned_phones=(OURS,))
    ]


def test_every_number_of_the_shop_is_learned_by_itself(panel):
    accept_as(share_with(panel, OURS, HERS))
    accept_as(share_with(panel, OURS))
    after_two = numbers(panel)

    accept_as(share_with(panel, HERS))

    assert after_two == [(NAME, OURS)]
    assert numbers(panel) == [(NAME, OURS), (NAME, HERS)]


def test_what_one_panelists_receipts_show_may_be_the_panelists_own(panel):
    first = accept_as(share_with(panel, HERS))
    for _number in range(3):
        accept_as(share_with(panel, HERS, panelist=first.panelist))
    accept_as(share_with(panel, OURS))

    assert Merchant.objects.filter(panel=panel, name=NAME).exists()
    assert numbers(panel) == []


def test_a_number_that_stands_on_another_shops_receipts_is_never_learned(panel):
    accept_as(share_with(panel, HERS), "Harbour Shoes")
    for _number in range(3):
        accept_as(share_with(panel, HERS))

    assert numbers(panel) == []


def test_a_part_of_a_number_is_no_other_number(panel):
    accept_as(share_with(panel, OURS + "9"))
    accept_as(share_with(panel, OURS))

    assert numbers(panel) == []


def test_another_panel_learns_nothing(panel):
    accept_as(share_with(panel, OURS))

    accept_as(share_with(make_panel(), OURS))

    assert numbers(panel) == []


def test_a_sensitive_receipts_numbers_are_not_even_kept(panel):
    receipt = share_with(panel, HERS, is_sensitive=True)

    assert "phones" not in receipt.readings.get().result
    assert HERS not in str(receipt.readings.get().result)


def test_what_the_machine_accepts_teaches_nothing(panel):
    Merchant.objects.create(panel=panel, name=NAME)
    first = accept_as(share_with(panel, OURS))
    other = make_panelist(panel=panel, joined_at=first.panelist.joined_at)
    receipt = submit(upload_of(0xABCDEF), panelist=other, by=other.user)

    receipt = conclude(receipt, merchant=NAME, phones=(OURS,))

    assert receipt.status == "accepted"
    accept_as(share_with(panel, OURS, panelist=first.panelist))
    assert numbers(panel) == []


@pytest.mark.parametrize("standing", ["own_store", "excluded"])
def test_a_shop_that_does_not_count_learns_no_number(panel, standing):
    Merchant.objects.create(
        panel=panel, name=NAME, standing=standing, valid_to=panel.today()
    )
    for _number in range(2):
        accept_as(share_with(panel, OURS))

    assert numbers(panel) == []


@pytest.mark.parametrize("is_used", [True, False])
def test_another_merchants_number_is_never_learned(panel, is_used):
    own = Merchant.objects.create(
        panel=panel, name="Harbour Fresh", standing="own_store", valid_to=panel.today()
    )
    own.aliases.create(kind="phone", name=OURS, is_used=is_used)
    for _number in range(2):
        accept_as(share_with(panel, OURS))

    assert numbers(panel) == [("Harbour Fresh", OURS)] * is_used


def test_a_number_is_no_name(panel):
    alias = learned(panel)

    assert merchants.find(panel.pk, OURS) is None
    assert merchants.find(panel.pk, NAME) == alias.merchant


# Unlearning -------------------------------------------------------------------------


def test_a_learned_number_goes_out_of_use_once_another_shops_receipt_shows_it(panel):
    alias = learned(panel)

    accept_as(share_with(panel, OURS), "Harbour Shoes")

    alias.refresh_from_db()
    assert alias.is_used is False
    for _number in range(2):
        accept_as(share_with(panel, OURS))
    assert numbers(panel) == []


def test_a_longer_name_of_the_same_shop_is_no_other_shop(panel):
    learned(panel)

    accept_as(share_with(panel, OURS), f"{NAME} Portland")

    assert numbers(panel) == [(NAME, OURS)]


def test_an_operators_number_stays_in_use(panel):
    shop = Merchant.objects.create(panel=panel, name=NAME)
    shop.aliases.create(kind="phone", name=OURS)

    accept_as(share_with(panel, OURS), "Harbour Shoes")

    assert numbers(panel) == [(NAME, OURS)]


def test_a_forgotten_number_is_not_learned_again(panel):
    merchants.forget(learned(panel), by=make_operator())

    accept_as(share_with(panel, OURS))

    assert numbers(panel) == []
    assert merchants.known(panel) == [KnownMerchant(NAME, (), "books")]


def test_what_an_operator_wrote_is_deleted_not_forgotten(panel):
    shop = Merchant.objects.create(panel=panel, name=NAME)
    alias = shop.aliases.create(kind="phone", name=OURS)

    with pytest.raises(NotAllowed, match="Delete it instead"):
        merchants.forget(alias, by=make_operator())


def test_an_alias_is_a_name_or_a_number(panel):
    shop = Merchant.objects.create(panel=panel, name=NAME)

    with (
        pytest.raises(IntegrityError, match="merchant_alias_kind_is_known"),
        transaction.atomic(),
    ):
        shop.aliases.create(kind="fax", name=OURS)


# What the rules make of it ----------------------------------------------------------


@pytest.mark.parametrize(
    ("standing", "code"),
    [("own_store", "own_store"), ("excluded", "excluded_merchant")],
)
@pytest.mark.parametrize(
    ("confidence", "status"), [(0.96, "rejected"), (0.90, "in_review")]
)
def test_a_shop_that_does_not_count_is_refused_by_its_number_as_by_its_name(
    panel, standing, code, confidence, status
):
    shop = Merchant.objects.create(panel=panel, name="Harbour Fresh", standing=standing)
    shop.aliases.create(kind="phone", name=OURS)
    sure = {"merchant": confidence, "date": 0.97, "total": 0.97}

    receipt = share_with(panel, OURS, read_as="Harbour Fresh", confidence=sure)

    assert (receipt.status, receipt.merchant) == (status, shop)
    assert code in receipt.verdicts.values_list("code", flat=True)


# The admin --------------------------------------------------------------------------


def save_aliases(client, merchant, *aliases, old=()):
    """Post a merchant's page with these (kind, name) as aliases."""
    data = {
        "panel": merchant.panel_id,
        "name": merchant.name,
        "category": merchant.category,
        "standing": merchant.standing,
        "aliases-TOTAL_FORMS": len(aliases),
        "aliases-INITIAL_FORMS": len(old),
    }
    for number, (kind, name) in enumerate(aliases):
        data |= {
            f"aliases-{number}-merchant": merchant.pk,
            f"aliases-{number}-kind": kind,
            f"aliases-{number}-name": name,
            f"aliases-{number}-is_used": "on",
        }
        if number < len(old):
            data[f"aliases-{number}-id"] = old[number].pk
    return client.post(f"/admin/receipts/merchant/{merchant.pk}/change/", data)


@pytest.mark.parametrize("printed", ["(503) 555-0142", "+1 503 555 0142", OURS])
def test_an_operator_writes_a_number_as_they_like(client, panel, printed):
    shop = Merchant.objects.create(panel=panel, name=NAME, standing="own_store")
    client.force_login(make_operator())

    response = save_aliases(client, shop, ("phone", printed))

    assert response.status_code == 302
    assert merchants.known(panel) == [KnownMerchant(NAME, phones=(OURS,))]


def test_the_number_is_read_by_the_plan_of_the_panels_locale(client):
    shop = Merchant.objects.create(panel=make_panel(locale="en_MY"), name=NAME)
    client.force_login(make_operator())

    save_aliases(client, shop, ("phone", "+60 3-5555 0142"))

    assert shop.aliases.get().name == "0355550142"


@pytest.mark.parametrize("wrong", ["555-0142", "(800) 555-0142", "Fernhill", OURS * 2])
def test_what_is_no_shops_number_is_refused(client, panel, wrong):
    shop = Merchant.objects.create(panel=panel, name=NAME)
    client.force_login(make_operator())

    response = save_aliases(client, shop, ("phone", wrong))

    assert "Write one phone number that a shop can have." in response.text
    assert not shop.aliases.exists()


def test_a_number_that_is_another_merchants_is_refused(client, panel):
    other = learned(panel)
    shop = Merchant.objects.create(panel=panel, name="Harbour Shoes")
    client.force_login(make_operator())

    response = save_aliases(client, shop, ("phone", OURS))

    assert f"This is the number of {NAME}." in response.text
    merchants.forget(other, by=make_operator())
    assert save_aliases(client, shop, ("phone", OURS)).status_code == 302
    assert numbers(panel) == [("Harbour Shoes", OURS)]


def test_an_operator_lists_and_forgets_learned_numbers(client, panel):
    alias = learned(panel)
    alias.merchant.aliases.create(name="Fernhill")
    client.force_login(make_operator())
    page = "/admin/receipts/merchantalias/"
    shown = client.get(page, {"kind__exact": "phone"})

    response = client.post(
        page, {"action": "forget", "_selected_action": [alias.pk]}, follow=True
    )

    assert list(shown.context["cl"].queryset) == [alias]
    assert numbers(panel) == []
    assert [str(m) for m in response.context["messages"]] == [
        "1 name or number is forgotten."
    ]


def test_the_table_of_aliases_has_no_empty_heading(client, panel):
    """Axe-core's empty-table-header."""
    shop = Merchant.objects.create(panel=panel, name=NAME)
    client.force_login(make_operator())

    page = client.get(f"/admin/receipts/merchant/{shop.pk}/change/").text

    headings = re.findall(r"<th[^>]*>(.*?)</th>", page, re.DOTALL)
    assert len(headings) >= 5
    assert all(re.sub(r"<[^>]*>", "", heading).strip() for heading in headings)
