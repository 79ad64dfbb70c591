"""Rows with valid defaults; a test names what matters to it."""

import itertools
from datetime import date, datetime, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from panelists.models import Panel, Panelist, TermsVersion, User
from panelists.roles import FINANCE, OPERATOR, REVIEWER
from receipts.models import Receipt
from receipts.workflow import Status

_numbers = itertools.count(1)
PASSWORD = "correct horse battery staple"


def make_panel(**fields) -> Panel:
    defaults = {
        "name": f"Panel {next(_numbers)}",
        "country": "US",
        "currency": "USD",
        "time_zone": "America/New_York",
        "locale": "en_US",
        "capacity": 100,
    }
    return Panel.objects.create(**defaults | fields)


def make_user(*roles: str, password: str | None = None, **fields) -> User:
    defaults = {"email": f"person{next(_numbers)}@example.com", "is_staff": bool(roles)}
    user = User.objects.create_user(password=password, **defaults | fields)
    user.groups.add(*Group.objects.filter(name__in=roles))
    return user


def make_reviewer(**fields) -> User:
    return make_user(REVIEWER, **fields)


def make_finance(**fields) -> User:
    return make_user(FINANCE, **fields)


def make_operator(**fields) -> User:
    return make_user(OPERATOR, **fields)


def make_panelist(**fields) -> Panelist:
    defaults = {"born_on": date(1990, 1, 1)}
    if "panel" not in fields:
        defaults["panel"] = make_panel()
    if "user" not in fields:
        defaults["user"] = make_user()
    return Panelist.objects.create(**defaults | fields)


def make_receipt(status: Status = Status.SUBMITTED, **fields) -> Receipt:
    """A receipt in a state, with the purchase fields that the state needs."""
    panelist = fields.pop("panelist", None) or make_panelist()
    now: datetime = fields.get("submitted_at") or timezone.now()
    panel = panelist.panel
    defaults = {
        "panelist": panelist,
        "panel": panel,
        "status": status,
        "submitted_at": now,
        "month": panel.month(now),
    }
    if status != Status.SUBMITTED:
        defaults |= {
            "merchant_name": "Corner Grocery",
            "category": "supermarket",
            "purchased_on": panel.today(now) - timedelta(days=1),
            "currency": panel.currency,
            "total": Decimal("12.34"),
            "read_at": now,
        }
    if status in (Status.ACCEPTED, Status.REJECTED):
        defaults["decided_at"] = now
    return Receipt.objects.create(**defaults | fields)


def make_terms(panel: Panel, **fields) -> TermsVersion:
    defaults = {
        "version": f"{next(_numbers)}",
        "title": "Panel terms",
        "body": "What this is\nA panel.",
        "valid_from": timezone.now() - timedelta(days=30),
    }
    return TermsVersion.objects.create(panel=panel, **defaults | fields)


def verify_email(user: User) -> User:
    """As after signing up by invitation, or opening the link of a first sign-in."""
    EmailAddress.objects.create(
        user=user, email=user.email.lower(), verified=True, primary=True
    )
    return user
