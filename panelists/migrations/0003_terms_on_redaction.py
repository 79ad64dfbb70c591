"""The shipped terms say that what is sensitive is painted over.

Only where they are still the terms that shipped: an operator's own are theirs.
"""

from pathlib import Path

from django.db import migrations
from django.utils import timezone

DATA = Path(__file__).resolve().parent.parent / "data"


def create(apps, schema_editor):
    terms = apps.get_model("panelists", "TermsVersion")
    shipped = (DATA / "terms_us_1.txt").read_text("utf-8")
    for panel in apps.get_model("panelists", "Panel").objects.all():
        versions = list(terms.objects.filter(panel=panel))
        if [one.body for one in versions] != [shipped]:
            continue
        terms.objects.create(
            panel=panel,
            version="2",
            title=versions[0].title,
            body=(DATA / "terms_us_2.txt").read_text("utf-8"),
            valid_from=timezone.now(),
        )


class Migration(migrations.Migration):
    dependencies = [("panelists", "0002_united_states")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
