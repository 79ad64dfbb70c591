"""What the migrations write: the panel of the United States and its rules."""

from collections import Counter
from importlib import import_module

from django.apps import apps

from panelists.models import Panel

MIGRATIONS = (
    "panelists.migrations.0002_united_states",
    "panelists.migrations.0003_terms_on_redaction",
    "rewards.migrations.0002_default_plan",
    "receipts.migrations.0002_default_rules",
)


def write_defaults() -> Panel:
    """The default panel, made again where other tests' clean-up has emptied it."""
    if not Panel.objects.exists():
        for name in MIGRATIONS:
            import_module(name).create(apps, None)
    return Panel.objects.get(name="United States")


def count_rows() -> Counter[str]:
    """Of each model that has any, by its name with its app's."""
    return Counter(
        {
            model._meta.label: count
            for model in apps.get_models()
            if (count := model._base_manager.count())
        }
    )
