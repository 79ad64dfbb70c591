"""Shares as a person reads them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """0.9 as "90.0 %", in the reader's notation."""
    return f"{number_format(round(share * 100, 1), 1)}\xa0%"
