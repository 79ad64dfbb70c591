"""The panel's merchants: what the reader is told of them, and what reviews teach."""

from panelists.models import Panel
from receipts.models import Merchant
from receipts.reading.merchant import KnownMerchant


def known(panel: Panel) -> list[KnownMerchant]:
    """The merchants whose names the reader looks for on the panel's receipts."""
    merchants = Merchant.objects.filter(panel=panel).read_by_name()
    return [
        KnownMerchant(
            name=merchant.name,
            aliases=tuple(
                alias.name for alias in merchant.aliases.all() if alias.is_used
            ),
            category=merchant.category,
        )
        for merchant in merchants.prefetch_related("aliases")
    ]
