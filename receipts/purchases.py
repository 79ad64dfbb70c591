"""What surveys and insights may see of receipts, and nothing else of them.

Only accepted receipts are here: what waits may yet be rejected or hide something
sensitive, and what was withdrawn is the panelist's again. Days are those of purchase.
A merchant is named as an author types it, and is found in any spelling that the panel
or the reader's registry knows. Sets of people are querysets of panelists' primary keys,
for `filter(pk__in=...)`; they hold people who have left, too.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Round

from panelists.models import Panel, Panelist
from receipts.categories import CATEGORIES
from receipts.models import LineItem, Merchant, MerchantAlias, Receipt
from receipts.reading.registry import key, registry
from receipts.reading.result import ItemKind
from receipts.workflow import Status

__all__ = [
    "CATEGORIES",
    "Item",
    "Purchase",
    "What",
    "Window",
    "bought",
    "bought_first",
    "keys",
    "lapsed",
    "last_days",
    "merchants",
    "newest",
    "spent",
    "switched",
]


@dataclass(frozen=True)
class Item:
    """One thing that was bought; voided lines and discounts are none."""

    description: str
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Purchase:
    """One accepted receipt. `key`: its public id. `category`: a code of
    `CATEGORIES`, or ""."""

    key: str
    merchant: str
    category: str
    purchased_on: date
    total: Decimal
    currency: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class What:
    """What was bought; an empty field allows all.

    `category`: a code of `CATEGORIES`. `merchant`: a name. `product`: text in the
    description of a line that isn't void or a discount.
    """

    category: str = ""
    merchant: str = ""
    product: str = ""


@dataclass(frozen=True)
class Window:
    """From one day to another, both included."""

    first: date
    last: date


def last_days(
    panel: Panel, days: int, *, before: int = 0, at: datetime | None = None
) -> Window:
    """The panel's last `days` days, today included; those before the last `before`
    where that is given: 30 before 30 are the 31st to the 60th day back."""
    last = panel.today(at) - timedelta(days=before)
    return Window(last - timedelta(days=days - 1), last)


# One panelist's -------------------------------------------------------------------


def newest(
    panelist: Panelist,
    *,
    days: int,
    category: str = "",
    merchant: str = "",
    product: str = "",
    at: datetime | None = None,
) -> Purchase | None:
    """The panelist's newest purchase of the last `days` days that fits, if any."""
    panel = panelist.panel
    what = What(category=category, merchant=merchant, product=product)
    receipt = (
        _accepted(panel, last_days(panel, days, at=at), _fits(panel, what))
        .filter(panelist=panelist)
        .select_related("merchant")
        .order_by("-purchased_on", F("purchased_at").desc(nulls_last=True), "-pk")
        .first()
    )
    if receipt is None:
        return None
    items = _bought_lines(LineItem.objects.filter(receipt=receipt))
    return Purchase(
        key=receipt.public_id,
        merchant=receipt.merchant.name if receipt.merchant else receipt.merchant_name,
        category=receipt.category,
        purchased_on=receipt.purchased_on,
        total=receipt.total,
        currency=receipt.currency,
        items=tuple(
            Item(item.description, item.quantity, item.amount)
            for item in items.order_by("position")
        ),
    )


def keys() -> QuerySet:
    """The keys of all purchases that are here: what isn't among them was taken back,
    and whoever keeps something of it forgets it."""
    return (
        Receipt.objects.filter(status=Status.ACCEPTED)
        .order_by()
        .values_list("public_id", flat=True)
    )


# Sets of people -------------------------------------------------------------------


def bought(panel: Panel, what: What, window: Window) -> QuerySet:
    """Who bought it in the window."""
    return _people(_accepted(panel, window, _fits(panel, what)))


def spent(
    panel: Panel,
    what: What,
    window: Window,
    *,
    least: Decimal | None = None,
    most: Decimal | None = None,
) -> QuerySet:
    """Who spent from `least` to `most` (both included) in the window, in the panel's
    currency, among those who bought it at all: the sum of the totals of the receipts
    that fit. With a product, too, it is what the receipts come to, not its lines."""
    sums = (
        _accepted(panel, window, _fits(panel, what))
        .filter(currency=panel.currency)
        .order_by()
        .values("panelist")
        # SQLite adds decimals as floating-point numbers.
        .annotate(spent=Round(Sum("total"), precision=2))
    )
    if least is not None:
        sums = sums.filter(spent__gte=least)
    if most is not None:
        sums = sums.filter(spent__lte=most)
    return sums.values_list("panelist", flat=True)


def lapsed(panel: Panel, what: What, earlier: Window, later: Window) -> QuerySet:
    """Who bought it in the earlier window, and not in the later one."""
    fits = _fits(panel, what)
    since = _people(_accepted(panel, later, fits))
    return _people(_accepted(panel, earlier, fits)).exclude(panelist__in=since)


def bought_first(panel: Panel, what: What, window: Window) -> QuerySet:
    """Whose first purchase of it, as far as the panel knows, lies in the window."""
    before = Window(date.min, window.first - timedelta(days=1))
    return lapsed(panel, what, window, before)


def switched(
    panel: Panel, origin: What, target: What, earlier: Window, later: Window
) -> QuerySet:
    """Who bought `origin` in the earlier window, and in the later one `target` and
    `origin` no more."""
    return lapsed(panel, origin, earlier, later).filter(
        panelist__in=bought(panel, target, later)
    )


def _people(receipts: QuerySet) -> QuerySet:
    return receipts.order_by().values_list("panelist", flat=True).distinct()


def _accepted(panel: Panel, window: Window, fits: Q) -> QuerySet:
    return Receipt.objects.filter(
        fits,
        panel=panel,
        status=Status.ACCEPTED,
        purchased_on__range=(window.first, window.last),
    )


def _fits(panel: Panel, what: What) -> Q:
    """That a receipt of the panel is of such a purchase; a name costs two queries."""
    fits = Q()
    if what.category:
        fits &= Q(category=what.category)
    if what.merchant:
        fits &= _is_of(panel, what.merchant)
    if what.product:
        lines = _bought_lines(LineItem.objects.filter(receipt=OuterRef("pk")))
        fits &= Q(Exists(lines.filter(_says(what.product))))
    return fits


def _bought_lines(items: QuerySet) -> QuerySet:
    return items.filter(kind=ItemKind.ITEM.value)


def _says(text: str) -> Q:
    """That a description has the text, whatever its case. SQLite (and PostgreSQL with
    the C locale) folds ASCII only, so the ways in which tills print are all asked for.
    """
    text = " ".join(text.split())
    ways = dict.fromkeys((text, text.upper(), text.lower(), text.title()))
    says = Q()
    for way in ways:
        says |= Q(description__icontains=way)
    return says


# Merchants ------------------------------------------------------------------------


def merchants(panel: Panel, text: str, *, most: int = 20) -> list[str]:
    """Names of shops that have the text, those that begin with it first.

    The panel's own, as far as an operator wrote them or several panelists' receipts
    confirm them (one person's receipts may name anything), and the registry's in the
    panel's country.
    """
    wanted = key(text)
    if not wanted:
        return []
    ours = Merchant.objects.filter(panel=panel).read_by_name()
    country = panel.country.lower()
    # Where both know it, the panel's own way to write it is the later one.
    names = {one.keys[0]: one.name for one in registry().brands if one.is_in(country)}
    names |= {key(name): name for name in ours.values_list("name", flat=True)}
    found = sorted(
        (not folded.startswith(wanted), name.casefold(), name)
        for folded, name in names.items()
        if wanted in folded
    )
    return [name for *_order, name in found[:most]]


def _folded(name: str) -> str:
    # A name in another script has no letters that `key` keeps.
    return key(name) or name.casefold()


def _spellings(panel: Panel, name: str) -> frozenset[str]:
    """What the name may be written as, folded: the registry's brand has several."""
    folded = _folded(name)
    brand = registry().named(folded, panel.country.lower())
    return frozenset({folded, *(brand.keys if brand else ())})


def _is_of(panel: Panel, name: str) -> Q:
    """That a receipt is the merchant's: two queries find in which ways it may say so,
    so that the third is one that an index answers."""
    spellings = _spellings(panel, name)
    known = Merchant.objects.filter(panel=panel).order_by()
    used = Q(aliases__kind=MerchantAlias.Kind.NAME, aliases__is_used=True)
    told = known.values_list("pk", "name").union(
        known.filter(used).values_list("pk", "aliases__name")
    )
    unknown = (
        Receipt.objects.filter(panel=panel, status=Status.ACCEPTED, merchant=None)
        .order_by()
        .values_list("merchant_name", flat=True)
        .distinct()
    )
    return Q(merchant__in=[pk for pk, one in told if _folded(one) in spellings]) | Q(
        merchant=None,
        merchant_name__in=[one for one in unknown if _folded(one) in spellings],
    )
