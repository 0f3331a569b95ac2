from django.db import migrations, models


class Migration(migrations.Migration):
    """Of answers that are stored already nobody knows when they were given."""

    dependencies = [("surveys", "0005_judgements_from_files")]

    operations = [
        migrations.AddField(
            model_name="judgement",
            name="given_after",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="rating",
            name="given_after",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
    ]
