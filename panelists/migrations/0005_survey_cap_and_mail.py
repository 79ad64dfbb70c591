import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("panelists", "0004_region_and_minimum_cell"),
    ]

    operations = [
        migrations.AddField(
            model_name="panel",
            name="survey_cap",
            field=models.PositiveSmallIntegerField(
                blank=True,
                default=8,
                help_text=(
                    "A panelist is asked to answer no more surveys than this in 30 "
                    "days. Empty: as many as there are."
                ),
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="surveys in 30 days",
            ),
        ),
        migrations.AddField(
            model_name="panelist",
            name="wants_survey_mail",
            field=models.BooleanField(
                default=True, verbose_name="survey invitations by e-mail"
            ),
        ),
        migrations.AddConstraint(
            model_name="panel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("survey_cap", None), ("survey_cap__gte", 1), _connector="OR"
                ),
                name="panel_survey_cap_asks_somebody",
                violation_error_message="At least one survey, or none given.",
            ),
        ),
    ]
