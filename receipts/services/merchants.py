"""The panel's merchants: what the reader is told of them, and what reviews teach.

A reviewer who accepts a receipt confirms whose it is. Where the machine had read
another name, that is a way in which paper writes the merchant's, once receipts of
several panelists say so: one person's receipts may be misread alike. The same holds of
the phone number where shops print theirs: on one person's receipts it may be that
person's own.
"""

import re
from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from panelists.models import Panel, User
from receipts.models import Merchant, MerchantAlias, Receipt
from receipts.reading.labels import plain
from receipts.reading.merchant import KnownMerchant, is_name
from receipts.reading.registry import registry
from receipts.services.duplicates import normalized
from receipts.services.errors import NotAllowed
from receipts.workflow import Status

NAME, PHONE = MerchantAlias.Kind.NAME, MerchantAlias.Kind.PHONE
# Different panelists whose receipts must say the same before the reader believes it.
CONFIRMATIONS = 2

# Words that stand in many merchants' names and tell none from another.
GENERIC = frozenset(
    word
    for line in (
        "the and of co company inc incorporated llc ltd limited corp corporation",
        "gmbh sdn bhd kg enterprise enterprises trading group international",
        "holdings restaurant restaurants restoran cafe coffee bar grill kitchen pub",
        "bistro diner deli bakery pizza pizzeria burger burgers sushi noodle",
        "noodles seafood food foods store stores shop shops market markets mart",
        "minimart minimarket supermarket hypermarket superstore grocery groceries",
        "pharmacy drugstore apotheke markt supermarkt hotel inn cinema theater",
        "theatre mall plaza center centre outlet branch main store",
    )
    for word in line.split()
)
LEAST_LETTERS = 4
# The share of letters in common, in percent, at which one name may be another misread.
ALIKE = 80


def known(panel: Panel) -> list[KnownMerchant]:
    """The merchants whose names and phone numbers the reader looks for on the panel's
    receipts."""
    merchants = Merchant.objects.filter(panel=panel).read_by_name()
    return [known_merchant(one) for one in merchants.prefetch_related("aliases")]


def known_merchant(merchant: Merchant) -> KnownMerchant:
    used = [alias for alias in merchant.aliases.all() if alias.is_used]
    phones = [alias for alias in used if alias.kind == PHONE]
    return KnownMerchant(
        name=merchant.name,
        aliases=tuple(alias.name for alias in used if alias.kind == NAME),
        category=merchant.category,
        phones=tuple(alias.name for alias in phones if alias.learned_at is None),
        learned_phones=tuple(alias.name for alias in phones if alias.learned_at),
    )


def find(panel_id: int, name: str) -> Merchant | None:
    """The panel's merchant of this name or alias."""
    alias = Q(aliases__kind=NAME, aliases__name__iexact=name, aliases__is_used=True)
    return (
        Merchant.objects.filter(panel_id=panel_id)
        .filter(Q(name__iexact=name) | alias)
        .first()
    )


def can_be_learned(name: str) -> bool:
    """Whether a name tells its merchant from others: not "Restaurant" or "Total"."""
    words = re.findall(r"[^\W\d_]+", name.casefold())
    letters = sum(len(word) for word in words if word not in GENERIC)
    return is_name(name) and letters >= LEAST_LETTERS


def learn(receipt: Receipt) -> None:
    """In the transaction in which a reviewer accepted the receipt, after that.

    Nothing is learned of a receipt that may show something sensitive: what was taken
    for the shop's name may be a patient's.
    """
    if receipt.verdicts.filter(code="sensitive").exists():
        return
    read = newest_result(receipt)
    unlearn(receipt, read)
    unlearn_phones(receipt, read)
    merchant = receipt.merchant or find_or_make(receipt)
    if merchant is None:
        return
    if receipt.merchant_id is None:
        receipt.merchant = merchant
        receipt.save(update_fields=["merchant"])
    if not merchant.is_read_by_name and are_enough(
        accepted(receipt.panel_id).filter(merchant=merchant)
    ):
        merchant.confirmed_at = timezone.now()
        merchant.save(update_fields=["confirmed_at"])
    learn_alias(receipt, merchant, read)
    learn_phones(receipt, merchant, read)


def newest_result(receipt: Receipt) -> Mapping:
    """What the machine read of the receipt; empty where it read nothing."""
    reading = receipt.readings.first()
    return reading.result if reading is not None else {}


def find_or_make(receipt: Receipt) -> Merchant | None:
    """The merchant that the receipt names, made where enough panelists' receipts name
    it; None for one that is named once, and for a name that no shop has alone.

    What one receipt says may be a customer's name that a reviewer overlooked.
    """
    name = receipt.merchant_name
    found = find(receipt.panel_id, name)
    if found is not None:
        return found
    if not can_be_learned(name) or is_like_one_that_never_counts(receipt.panel, name):
        return None
    alike = accepted(receipt.panel_id).filter(merchant=None, merchant_name__iexact=name)
    if not are_enough(alike):
        return None
    now = timezone.now()
    made, _is_new = Merchant.objects.get_or_create(
        panel_id=receipt.panel_id,
        name=name,
        defaults={
            "category": receipt.category,
            "learned_at": now,
            "confirmed_at": now,
        },
    )
    alike.update(merchant=made)
    return made


def accepted(panel_id: int):
    """The panel's receipts that people accepted, but for sensitive ones."""
    return Receipt.objects.filter(
        panel_id=panel_id, status=Status.ACCEPTED, decided_by__isnull=False
    ).exclude(verdicts__code="sensitive")


def are_enough(receipts) -> bool:
    panelists = receipts.order_by().values("panelist").distinct()
    return panelists[:CONFIRMATIONS].count() == CONFIRMATIONS


def unlearn(receipt: Receipt, read: Mapping) -> None:
    """Take the learned names out of use by which it was, or will be, read as another's.

    A mall's name, or a street's, may be read on the receipts of all its shops.
    """
    name = read.get("merchant") or ""
    if name and normalized(name) != normalized(receipt.merchant_name):
        mistaken = MerchantAlias.objects.filter(
            Q(name__iexact=name) | Q(merchant__name__iexact=name),
            kind=NAME,
            merchant__panel_id=receipt.panel_id,
            learned_at__isnull=False,
            is_used=True,
        )
        own = Q(merchant=receipt.merchant_id) | Q(
            merchant__name__iexact=receipt.merchant_name
        )
        mistaken.exclude(own).update(is_used=False)


def unlearn_phones(receipt: Receipt, read: Mapping) -> None:
    """Take the learned numbers out of use that stand on another shop's receipt too.

    They are a mall's, a head office's, or a panelist's, who gives hers wherever she is.
    """
    numbers = read.get("phones") or []
    held = MerchantAlias.objects.filter(
        kind=PHONE,
        name__in=numbers,
        merchant__panel_id=receipt.panel_id,
        learned_at__isnull=False,
        is_used=True,
    ).select_related("merchant")
    for alias in held if numbers else ():
        is_own = alias.merchant_id == receipt.merchant_id
        # A reviewer may have written more, or less, of the name.
        if not is_own and not is_like(alias.merchant.name, receipt.merchant_name):
            alias.is_used = False
            alias.save(update_fields=["is_used"])


def learn_alias(receipt: Receipt, merchant: Merchant, read: Mapping) -> None:
    """Make the name that the machine read an alias, where enough receipts say so.

    Never for a shop that doesn't count, which would then be rejected unseen, and
    never a name that somebody else has or was read as.
    """
    name = read.get("merchant") or ""
    if merchant.standing != Merchant.Standing.COUNTS or not can_be_learned(name):
        return
    if normalized(name) == normalized(merchant.name):
        return
    alike = accepted(receipt.panel_id).filter(readings__result__merchant__iexact=name)
    if (
        are_enough(alike.filter(merchant=merchant))
        and not alike.exclude(merchant=merchant).exists()
        and not is_taken(receipt.panel, name)
        and not is_like_one_that_never_counts(receipt.panel, name)
    ):
        alias = MerchantAlias(merchant=merchant, name=name, learned_at=timezone.now())
        # Another review may teach the same at this moment.
        MerchantAlias.objects.bulk_create([alias], ignore_conflicts=True)


def learn_phones(receipt: Receipt, merchant: Merchant, read: Mapping) -> None:
    """Make the shop's numbers on the receipt the merchant's, where enough panelists'
    receipts of it show them, and no receipt of another shop does.

    Never for a shop that doesn't count, as with names.
    """
    if merchant.standing != Merchant.Standing.COUNTS:
        return
    numbers = read.get("phones") or []
    for number in [n for n in numbers if not is_somebodys(receipt.panel_id, n)]:
        # Quoted, since lists in JSON can't be searched on SQLite, but their text can.
        alike = accepted(receipt.panel_id).filter(
            readings__result__phones__icontains=f'"{number}"'
        )
        if (
            are_enough(alike.filter(merchant=merchant))
            and not alike.exclude(merchant=merchant).exists()
        ):
            alias = MerchantAlias(
                merchant=merchant, kind=PHONE, name=number, learned_at=timezone.now()
            )
            MerchantAlias.objects.bulk_create([alias], ignore_conflicts=True)


def whose_number(merchant: Merchant, number: str) -> Merchant | None:
    """Another merchant of the panel by whose phone number, in use, it would be read."""
    alias = (
        MerchantAlias.objects.filter(
            kind=PHONE,
            name=number,
            is_used=True,
            merchant__panel_id=merchant.panel_id,
        )
        .exclude(merchant=merchant.pk)
        .select_related("merchant")
        .first()
    )
    return alias and alias.merchant


def is_somebodys(panel_id: int, number: str) -> bool:
    """Whether a merchant of the panel has this phone number, or an operator took it
    out of use."""
    return MerchantAlias.objects.filter(
        kind=PHONE, name=number, merchant__panel_id=panel_id
    ).exists()


def is_like_one_that_never_counts(
    panel: Panel, name: str, *, on: date | None = None
) -> bool:
    """Whether a name is nearly an own store's or an excluded shop's, or a part of it,
    on a day of submission or, without one, ever.

    Learned for another, it would be read before theirs, and their receipts would count.
    """
    barred = Merchant.objects.filter(panel=panel).exclude(
        standing=Merchant.Standing.COUNTS
    )
    if on is not None:
        barred = barred.filter(
            Q(valid_from=None) | Q(valid_from__lte=on),
            Q(valid_to=None) | Q(valid_to__gt=on),
        )
    return any(
        is_like(name, other)
        for pair in barred.values_list("name", "aliases__name")
        for other in filter(None, pair)
    )


def is_like(name: str, other: str) -> bool:
    """Whether one name is in the other, or may be the other misread."""
    one, two = normalized(name), normalized(other)
    if not one or not two:
        return False
    if min(len(one), len(two)) >= LEAST_LETTERS and (one in two or two in one):
        return True
    # A short one by its words: H&M, of H&M Inc.
    short, long = sorted((plain(name).split(), plain(other).split()), key=len)
    is_begun = bool(short) and long[: len(short)] == short
    return is_begun or fuzz.ratio(one, two) >= ALIKE


def is_taken(panel: Panel, name: str) -> bool:
    """Whether a merchant of the panel or a brand has this name, or an operator took
    it out of use."""
    names = {brand.name for brand in registry().brands}
    names |= set(Merchant.objects.filter(panel=panel).values_list("name", flat=True))
    names |= set(
        MerchantAlias.objects.filter(merchant__panel=panel).values_list(
            "name", flat=True
        )
    )
    return normalized(name) in {normalized(other) for other in names}


def forget(alias: MerchantAlias, *, by: User) -> None:
    """Take what was learned out of use, for good. Raises `NotAllowed`."""
    if not by.has_perm("receipts.change_merchantalias"):
        raise NotAllowed(_("Only operators change the merchants."))
    if alias.learned_at is None:
        raise NotAllowed(_("An operator wrote this. Delete it instead."))
    MerchantAlias.objects.filter(pk=alias.pk).update(is_used=False)
