"""An emptied database is as the migrations left it: tests may come in any order."""

import pytest
from django.core.management import call_command

from panelists.models import Panel
from tests.defaults import count_rows


@pytest.mark.django_db(transaction=True)
def test_a_flush_leaves_what_the_migrations_wrote(migrated):
    Panel.objects.update(capacity=7)

    call_command("flush", interactive=False, verbosity=0)

    assert count_rows() == migrated
    assert Panel.objects.get().capacity != 7
