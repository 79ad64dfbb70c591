"""The kinds of shops that a receipt's category names."""

from django.utils.translation import gettext_lazy as _

CATEGORIES = [
    ("supermarket", _("Supermarket")),
    ("convenience", _("Convenience store")),
    ("pharmacy", _("Pharmacy")),
    ("drug_store", _("Drug store")),
    ("department_store", _("Department store")),
    ("restaurant", _("Restaurant")),
    ("fast_food", _("Fast food")),
    ("cafe", _("Café")),
    ("cinema", _("Cinema")),
    ("theme_park", _("Theme park")),
    ("online", _("Online shop")),
    ("hardware", _("Hardware store")),
    ("electronics", _("Electronics")),
    ("clothing", _("Clothing")),
    ("books", _("Books")),
    ("office", _("Office supplies")),
    ("pet_store", _("Pet store")),
    ("gas_station", _("Gas station")),
    ("casino", _("Casino")),
    ("gun_shop", _("Gun shop")),
    ("transport", _("Transport fare")),
    ("tuition", _("Tuition")),
    ("rent", _("Rent")),
    ("other", _("Other")),
]
