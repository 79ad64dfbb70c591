from django.db import migrations, models


def forget_phones(apps, schema_editor):
    """Without their kind, they would pass for names."""
    if schema_editor.connection.vendor == "postgresql":
        # Deferred checks would forbid to change the table in this transaction.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    apps.get_model("receipts", "MerchantAlias").objects.filter(kind="phone").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("receipts", "0007_redaction"),
    ]

    operations = [
        migrations.AddField(
            model_name="merchantalias",
            name="kind",
            field=models.CharField(
                choices=[("name", "Name"), ("phone", "Phone number")],
                default="name",
                max_length=5,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="merchantalias",
            name="is_used",
            field=models.BooleanField(
                default=True,
                help_text="Untick it to have what was learned forgotten for good.",
                verbose_name="used",
            ),
        ),
        migrations.AlterField(
            model_name="merchantalias",
            name="name",
            field=models.CharField(max_length=120, verbose_name="name or number"),
        ),
        migrations.AddConstraint(
            model_name="merchantalias",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["name", "phone"])),
                name="merchant_alias_kind_is_known",
                violation_error_message="An alias is a name or a phone number.",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_phones),
    ]
