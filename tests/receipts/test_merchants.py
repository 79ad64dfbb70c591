"""What reviews teach of the panel's merchants, and what they must not."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.utils import timezone

from receipts.models import Merchant, MerchantAlias
from receipts.services import merchants, redacting, reviewing
from receipts.services.errors import Ineligible, NotAllowed
from receipts.services.submitting import submit
from tests.factories import make_operator, make_panel, make_panelist, make_reviewer
from tests.receipts.looks import conclude, upload_of

pytestmark = pytest.mark.django_db
NAME, READ_AS = "Fernhill Books", "Femhi11 Boeks"
shades = count(1)


@pytest.fixture
def panel():
    return make_panel()


def share(panel, *, panelist=None, read_as: str = READ_AS, **fields):
    """A receipt in review, of another panelist each time."""
    panelist = panelist or make_panelist(
        panel=panel, joined_at=timezone.now() - timedelta(days=90)
    )
    number = next(shades)
    receipt = submit(upload_of(number), panelist=panelist, by=panelist.user)
    return conclude(
        receipt,
        merchant=read_as,
        category="books",
        total=Decimal(number),
        straight_through=False,
        **fields,
    )


def accept_as(receipt, name: str = NAME, **changed):
    reviewer = make_reviewer()
    receipt = reviewing.take(receipt, by=reviewer)
    as_read = {
        "category": receipt.category,
        "purchased_on": receipt.purchased_on,
        "purchased_at": receipt.purchased_at,
        "currency": receipt.currency,
        "total": receipt.total,
        "without_items": "Not legible",
    }
    edit = reviewing.Edit(
        revision=receipt.revision, merchant_name=name, **as_read | changed
    )
    return reviewing.accept(receipt, edit, by=reviewer)


def aliases(panel) -> list[tuple[str, str]]:
    """Of each alias the merchant and the name."""
    rows = MerchantAlias.objects.filter(merchant__panel=panel).order_by("pk")
    return list(rows.values_list("merchant__name", "name"))


def told(panel) -> list[tuple[str, tuple[str, ...], str]]:
    """What the reader is told."""
    return [(m.name, m.aliases, m.category) for m in merchants.known(panel)]


# Merchants --------------------------------------------------------------------------


def test_two_panelists_receipts_make_their_merchant(panel):
    first = accept_as(share(panel))
    after_one = Merchant.objects.filter(panel=panel).count()

    receipt = accept_as(share(panel), NAME.upper(), category="stationery")

    merchant = Merchant.objects.get(panel=panel)
    first.refresh_from_db()
    assert (after_one, first.merchant, receipt.merchant) == (0, merchant, merchant)
    assert (merchant.name, merchant.category, merchant.standing) == (
        NAME.upper(),
        "stationery",
        "counts",
    )
    assert merchant.learned_at == merchant.confirmed_at is not None


def test_the_reader_is_told_once_a_second_panelist_confirms(panel):
    accept_as(share(panel))
    after_one = told(panel)

    accept_as(share(panel))

    assert after_one == []
    assert told(panel) == [(NAME, (READ_AS,), "books")]


def test_one_panelists_receipts_confirm_nothing(panel):
    first = accept_as(share(panel))
    accept_as(share(panel, panelist=first.panelist))

    assert not Merchant.objects.filter(panel=panel).exists()
    assert (aliases(panel), told(panel)) == ([], [])


def test_what_the_machine_accepts_confirms_nothing(panel):
    accept_as(share(panel, read_as=NAME))
    other = make_panelist(panel=panel, joined_at=timezone.now() - timedelta(days=90))
    receipt = submit(upload_of(next(shades)), panelist=other, by=other.user)

    receipt = conclude(receipt, merchant=NAME)

    assert (receipt.decided_by, receipt.merchant) == (None, None)
    assert not Merchant.objects.filter(panel=panel).exists()
    accept_as(share(panel, panelist=other, read_as=NAME))
    assert Merchant.objects.filter(panel=panel).exists()


def test_a_merchant_that_one_review_named_before_is_confirmed_by_a_second(panel):
    """Earlier versions made the row at once."""
    early = Merchant.objects.create(panel=panel, name=NAME, learned_at=timezone.now())
    accept_as(share(panel))
    after_one = told(panel)

    accept_as(share(panel))

    early.refresh_from_db()
    assert (after_one, early.is_read_by_name) == ([], True)


def test_a_kind_that_one_review_gave_rejects_nothing_unseen(panel):
    accept_as(share(panel, read_as=NAME))
    panel.excluded_categories.create(category="books")

    receipt = share(panel, read_as=NAME)

    assert receipt.status == "in_review"


def test_a_merchant_of_the_operator_is_found_and_left_as_it_is(panel):
    known = Merchant.objects.create(panel=panel, name="FERNHILL BOOKS")

    receipt = accept_as(share(panel))

    assert receipt.merchant == known
    known.refresh_from_db()
    assert (known.category, known.learned_at) == ("", None)
    assert Merchant.objects.filter(panel=panel).count() == 1


@pytest.mark.parametrize(
    "name", ["Restaurant", "The Store", "RESTAURANTS, INC", "Total", "Receipt", "7"]
)
def test_a_name_that_tells_nobody_apart_makes_no_merchant(panel, name):
    for _number in range(2):
        receipt = accept_as(share(panel), name)

    assert receipt.merchant is None
    assert not Merchant.objects.filter(panel=panel).exists()


@pytest.mark.parametrize(
    "name",
    ["Harbour Fresh Store", "HARBOUR-FRESH", "Harbor Fresh", "Harbour", "HFMart"],
)
@pytest.mark.parametrize("standing", ["own_store", "excluded"])
def test_a_name_like_that_of_a_shop_that_does_not_count_is_not_learned(
    panel, standing, name
):
    """It would be read before theirs, and their receipts would count."""
    shop = Merchant.objects.create(
        panel=panel, name="Harbour Fresh", standing=standing, valid_to=panel.today()
    )
    shop.aliases.create(name="HF Mart")

    for _number in range(2):
        accept_as(share(panel), name)
        accept_as(share(panel, read_as=name))

    names = Merchant.objects.filter(panel=panel).values_list("name", flat=True)
    assert set(names) == {"Harbour Fresh", NAME}
    assert aliases(panel) == [("Harbour Fresh", "HF Mart")]


def test_another_panel_learns_nothing(panel):
    accept_as(share(panel))
    elsewhere = make_panel()

    receipt = accept_as(share(elsewhere))

    assert receipt.merchant is None
    assert told(panel) == told(elsewhere) == []


# Aliases ----------------------------------------------------------------------------


def test_what_was_read_becomes_an_alias_after_two_panelists(panel):
    accept_as(share(panel))
    after_one = aliases(panel)

    accept_as(share(panel, read_as=READ_AS.upper()))

    alias = MerchantAlias.objects.get(merchant__panel=panel)
    assert after_one == []
    assert (alias.merchant.name, alias.name) == (NAME, READ_AS.upper())
    assert alias.learned_at is not None


def test_it_is_learned_once(panel):
    for _number in range(4):
        accept_as(share(panel))

    assert aliases(panel) == [(NAME, READ_AS)]


def test_two_different_misreadings_confirm_neither(panel):
    accept_as(share(panel, read_as="Femhi11 Boeks"))
    accept_as(share(panel, read_as="Fernhil Beoks"))

    assert aliases(panel) == []


@pytest.mark.parametrize("read_as", ["Restaurant", "Total", "Thank you", "12.50", ""])
def test_what_many_receipts_say_is_never_an_alias(panel, read_as):
    for _number in range(2):
        accept_as(share(panel, read_as=read_as))

    assert aliases(panel) == []


@pytest.mark.parametrize("name", ["FERNHILL BOOKS", "Fernhill-Books"])
def test_the_same_name_in_other_marks_is_no_alias(panel, name):
    for _number in range(2):
        accept_as(share(panel, read_as=name))

    assert aliases(panel) == []


def test_a_brands_name_is_never_an_alias_of_another(panel):
    for _number in range(2):
        accept_as(share(panel, read_as="Starbucks"))

    assert aliases(panel) == []


@pytest.mark.parametrize("standing", ["counts", "own_store", "excluded"])
def test_another_merchants_name_is_never_an_alias(panel, standing):
    day = panel.today()
    Merchant.objects.create(
        panel=panel, name="Fem-hi11 Boeks", standing=standing, valid_to=day
    )
    for _number in range(2):
        accept_as(share(panel))

    assert aliases(panel) == []


def test_another_merchants_alias_is_never_an_alias(panel):
    other = Merchant.objects.create(panel=panel, name="Harbour Books")
    other.aliases.create(name=READ_AS)
    for _number in range(2):
        accept_as(share(panel))

    assert aliases(panel) == [("Harbour Books", READ_AS)]


def test_what_another_shop_was_read_as_is_never_an_alias(panel):
    accept_as(share(panel, read_as="Lincoln Avenue"), "Harbour Shoes")
    for _number in range(3):
        accept_as(share(panel, read_as="LINCOLN AVENUE"))

    assert aliases(panel) == []


def test_what_another_panels_shop_was_read_as_is_no_obstacle(panel):
    accept_as(share(make_panel(), read_as=READ_AS), "Harbour Shoes")
    for _number in range(2):
        accept_as(share(panel))

    assert aliases(panel) == [(NAME, READ_AS)]


def test_a_learned_name_goes_out_of_use_once_another_shop_is_read_as_that(panel):
    waiting = share(panel, read_as="Lincoln Avenue")
    for _number in range(2):
        accept_as(share(panel, read_as="Lincoln Avenue"))
    before = told(panel)

    accept_as(waiting, "Harbour Shoes")

    assert before == [(NAME, ("Lincoln Avenue",), "books")]
    assert told(panel) == [(NAME, (), "books")]
    accept_as(share(panel, read_as="Lincoln Avenue"))
    assert told(panel) == [(NAME, (), "books")]


def test_a_learned_name_goes_out_of_use_once_it_misleads(panel):
    for _number in range(2):
        accept_as(share(panel, read_as="Lincoln Avenue"))

    # Read by the learned name, so noted as the merchant's.
    accept_as(share(panel, read_as="LINCOLN AVENUE"), "Harbour Shoes")

    assert told(panel) == [(NAME, (), "books")]


def test_an_operators_name_stays_in_use_though_it_misleads(panel):
    shop = Merchant.objects.create(panel=panel, name=NAME)
    shop.aliases.create(name="Lincoln Avenue")

    accept_as(share(panel, read_as="Lincoln Avenue"), "Harbour Shoes")

    assert told(panel) == [(NAME, ("Lincoln Avenue",), "")]


def test_a_name_that_another_review_teaches_at_this_moment_is_no_fault(
    panel, monkeypatch
):
    accept_as(share(panel))
    receipt = accept_as(share(panel))
    MerchantAlias.objects.update(is_used=False)
    monkeypatch.setattr(merchants, "is_taken", lambda panel, name: False)

    merchants.learn(receipt)

    assert MerchantAlias.objects.get(name=READ_AS).is_used is False


@pytest.mark.parametrize("standing", ["own_store", "excluded"])
def test_a_shop_that_does_not_count_learns_no_alias(panel, standing):
    """It would be rejected unseen by it. Here its standing is over, so it may count."""
    shop = Merchant.objects.create(
        panel=panel, name=NAME, standing=standing, valid_to=panel.today()
    )
    for _number in range(2):
        accept_as(share(panel))

    shop.refresh_from_db()
    assert (aliases(panel), shop.standing) == ([], standing)


def test_a_shop_that_does_not_count_is_still_refused(panel):
    Merchant.objects.create(panel=panel, name=NAME, standing="own_store")

    with pytest.raises(Ineligible):
        accept_as(share(panel))

    assert aliases(panel) == []


@pytest.fixture
def painted(monkeypatch):
    """What a sensitive receipt shows counts as painted and checked."""
    monkeypatch.setattr(redacting, "check_was_clean", lambda receipt: None)


@pytest.mark.usefixtures("painted")
def test_nothing_is_learned_of_a_sensitive_receipt(panel):
    for _number in range(2):
        receipt = accept_as(share(panel, read_as="Jane Doe", is_sensitive=True))

    assert receipt.merchant is None
    assert not Merchant.objects.filter(panel=panel).exists()


@pytest.mark.usefixtures("painted")
def test_a_sensitive_receipt_confirms_nothing(panel):
    accept_as(share(panel))
    accept_as(share(panel, is_sensitive=True))

    assert (aliases(panel), told(panel)) == ([], [])


def test_reading_with_a_learned_alias_finds_the_merchant(panel):
    for _number in range(2):
        accept_as(share(panel))

    found = merchants.find(panel.pk, READ_AS.lower())

    assert found == Merchant.objects.get(panel=panel, name=NAME)


# Forgetting -------------------------------------------------------------------------


def learned(panel) -> MerchantAlias:
    for _number in range(2):
        accept_as(share(panel))
    return MerchantAlias.objects.get(merchant__panel=panel)


def test_what_an_operator_forgets_is_not_learned_again(panel):
    merchants.forget(learned(panel), by=make_operator())

    accept_as(share(panel))

    assert told(panel) == [(NAME, (), "books")]
    assert MerchantAlias.objects.get(merchant__panel=panel).is_used is False
    assert merchants.find(panel.pk, READ_AS) is None


def test_only_operators_forget(panel):
    with pytest.raises(NotAllowed):
        merchants.forget(learned(panel), by=make_reviewer())

    assert MerchantAlias.objects.get(merchant__panel=panel).is_used is True


def test_what_an_operator_wrote_is_deleted_not_forgotten(panel):
    shop = Merchant.objects.create(panel=panel, name=NAME)
    alias = shop.aliases.create(name=READ_AS)

    with pytest.raises(NotAllowed, match="Delete it instead"):
        merchants.forget(alias, by=make_operator())


ALIASES = "/admin/receipts/merchantalias/"


def test_an_operator_lists_and_forgets_what_was_learned(client, panel):
    alias = learned(panel)
    client.force_login(make_operator())
    alias.merchant.aliases.create(name="Fernhill")
    shown = client.get(ALIASES, {"by": "reviews"})

    response = client.post(
        ALIASES, {"action": "forget", "_selected_action": [alias.pk]}, follow=True
    )

    alias.refresh_from_db()
    assert list(shown.context["cl"].queryset) == [alias]
    assert alias.is_used is False
    assert [str(m) for m in response.context["messages"]] == [
        "1 name or number is forgotten."
    ]


def test_a_learned_alias_is_not_deleted_only_to_be_learned_again(client, panel):
    alias = learned(panel)
    client.force_login(make_operator())

    response = client.post(f"{ALIASES}{alias.pk}/delete/", {"post": "yes"}, follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "Reviews would teach this again. Untick “Used” instead."
    ]
    assert MerchantAlias.objects.filter(pk=alias.pk).exists()


def test_nor_is_it_on_its_merchants_page(client, panel):
    alias = learned(panel)
    client.force_login(make_operator())

    client.post(
        f"/admin/receipts/merchant/{alias.merchant_id}/change/",
        {
            "panel": panel.pk,
            "name": NAME,
            "standing": "counts",
            "aliases-TOTAL_FORMS": 1,
            "aliases-INITIAL_FORMS": 1,
            "aliases-0-id": alias.pk,
            "aliases-0-merchant": alias.merchant_id,
            "aliases-0-kind": "name",
            "aliases-0-name": alias.name,
            "aliases-0-DELETE": "on",
        },
    )

    alias.refresh_from_db()
    assert alias.is_used is False


def test_learning_asks_a_fixed_number_of_times(panel, django_assert_num_queries):
    accept_as(share(panel))
    receipt = accept_as(share(panel))
    MerchantAlias.objects.all().delete()
    Merchant.objects.update(confirmed_at=None)
    receipt.refresh_from_db()

    # Whether it is sensitive, what was read, whose learned name misled, its merchant;
    # who confirms the merchant, and that it is so; who confirms what was read, who
    # contradicts it, the panel, the names that are taken (2) or like one that never
    # counts; the alias.
    with django_assert_num_queries(13):
        merchants.learn(receipt)
