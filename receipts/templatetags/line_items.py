"""The small print of a line item: what one piece cost, and that it is no plain item."""

from django import template
from django.utils.formats import number_format

from receipts.models import LineItem
from receipts.reading.result import ItemKind

register = template.Library()


@register.filter
def each(item: LineItem) -> str:
    """2.50, or 3.459 for fuel, as the reader writes it; "" where the amount says it."""
    price = item.unit_price
    if price is None or (item.quantity == 1 and price == abs(item.amount)):
        return ""
    places = -price.normalize().as_tuple().exponent
    return number_format(price, max(places, 2), force_grouping=True)


@register.filter
def kind_word(item: LineItem) -> str:
    """Discount or Void, where the description doesn't say it already."""
    word = item.get_kind_display()
    is_said = word.lower() in item.description.lower()
    return "" if is_said or item.kind == ItemKind.ITEM else word
