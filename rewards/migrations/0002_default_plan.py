"""10 accepted receipts a month pay 10.00, in the panel that ships as the default."""

from datetime import date
from decimal import Decimal

from django.db import migrations


def create(apps, schema_editor):
    plan = apps.get_model("rewards", "RewardPlan")
    for panel in apps.get_model("panelists", "Panel").objects.all():
        plan.objects.create(
            panel=panel,
            kind="threshold",
            receipts_required=10,
            amount=Decimal("10.00"),
            valid_from=date(2020, 1, 1),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("rewards", "0001_initial"),
        ("panelists", "0002_united_states"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
