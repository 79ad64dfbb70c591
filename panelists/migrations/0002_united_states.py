"""The panel that ships as the default, with the first version of its terms."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

TERMS = Path(__file__).resolve().parent.parent / "data" / "terms_us_1.txt"


def create(apps, schema_editor):
    panel = apps.get_model("panelists", "Panel").objects.create(
        name="United States",
        country="US",
        currency="USD",
        time_zone="America/New_York",
        locale="en_US",
        language="en",
        capacity=500,
        minimum_age=18,
    )
    apps.get_model("panelists", "TermsVersion").objects.create(
        panel=panel,
        version="1",
        title="Panel terms",
        body=TERMS.read_text("utf-8"),
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    )


class Migration(migrations.Migration):
    dependencies = [("panelists", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
