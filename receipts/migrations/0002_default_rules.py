"""The default panel's rules: its window, the operator's shops, the excluded kinds."""

from datetime import date

from django.db import migrations

OWN_STORES = {
    "Amazon.com": ("online", ("Amazon", "Amazon Marketplace", "amzn.com")),
    "Amazon Fresh": ("supermarket", ("AmazonFresh",)),
    "Whole Foods Market": ("supermarket", ("Whole Foods", "WholeFoods Mkt", "WFM")),
    "Amazon Go": ("convenience", ("AmazonGo",)),
    "Amazon 4-star": ("department_store", ("Amazon 4 star",)),
    "Amazon Books": ("books", ("AmazonBooks",)),
}
EXCLUDED = ("casino", "gun_shop", "transport", "tuition", "rent")


def create(apps, schema_editor):
    merchant = apps.get_model("receipts", "Merchant")
    alias = apps.get_model("receipts", "MerchantAlias")
    for panel in apps.get_model("panelists", "Panel").objects.all():
        apps.get_model("receipts", "ReceiptPolicy").objects.create(
            panel=panel, valid_from=date(2020, 1, 1)
        )
        for name, (category, others) in OWN_STORES.items():
            own = merchant.objects.create(
                panel=panel, name=name, category=category, standing="own_store"
            )
            for other in others:
                alias.objects.create(merchant=own, name=other)
        for category in EXCLUDED:
            apps.get_model("receipts", "ExcludedCategory").objects.create(
                panel=panel, category=category
            )


class Migration(migrations.Migration):
    dependencies = [
        ("receipts", "0001_initial"),
        ("panelists", "0002_united_states"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
