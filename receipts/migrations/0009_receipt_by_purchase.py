from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("receipts", "0008_merchant_phones"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(
                fields=["panel", "status", "purchased_on"], name="receipt_by_purchase"
            ),
        ),
    ]
