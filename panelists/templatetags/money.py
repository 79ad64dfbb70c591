"""How the pages write sums of money."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """$12.34 for a known symbol, else 12.34 CHF; a dash where there is none."""
    if amount is None:
        return "–"
    text = number_format(abs(amount), decimal_pos=2, force_grouping=True)
    sign = "−" if amount < 0 else ""
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{text}" if symbol else f"{sign}{text} {currency}"
