"""What a survey may know of the person who starts it, and of what they bought."""

from typing import Any

from django.db.models.fields.json import KT

from panelists.models import Panelist
from receipts import purchases
from surveys.definition import Purchase
from surveys.models import Response


def profile_of(panelist: Panelist, language: str) -> dict[str, Any]:
    """What conditions see of a person today, by the panel's calendar."""
    panel = panelist.panel
    today, born, joined = (
        panel.today(),
        panelist.born_on,
        panel.today(panelist.joined_at),
    )
    is_before_birthday = (today.month, today.day) < (born.month, born.day)
    months = 12 * (today.year - joined.year) + today.month - joined.month
    profile = {
        "age": today.year - born.year - is_before_birthday,
        "region": panelist.region,
        "months": max(months - (today.day < joined.day), 0),
        "language": language,
    }
    return {name: value for name, value in profile.items() if value != ""}


def purchase_of(panelist: Panelist, wanted: Purchase | None) -> dict[str, Any]:
    """The newest purchase that the survey is about, as it is now; {} without one."""
    if wanted is None:
        return {}
    found = purchases.newest(
        panelist,
        days=wanted.days,
        category=wanted.category,
        merchant=wanted.merchant,
        product=wanted.product,
    )
    if found is None:
        return {}
    return {
        "key": found.key,
        "merchant": found.merchant,
        "category": found.category,
        "date": found.purchased_on.isoformat(),
        "days": (panelist.panel.today() - found.purchased_on).days,
        "total": str(found.total),
        "currency": found.currency,
        "items": [item.description for item in found.items],
    }


def forget_purchases() -> int:
    """A receipt that was withdrawn is destroyed, and so is what responses have of it;
    of how many. Answers stay: they are of the survey.

    An author's trial may be about a purchase that nobody made.
    """
    kept = Response.objects.real().exclude(purchase={}).alias(key=KT("purchase__key"))
    return kept.exclude(key__in=purchases.keys()).update(purchase={})
