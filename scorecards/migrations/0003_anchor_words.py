"""Level 3 is called standard and level 10 goal; scorecards of before keep the words they had."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q


def keep_the_words_of_before(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now every scorecard said "target" for level 3, as the Lasem study does."""
    apps.get_model("scorecards", "Scorecard").objects.filter(scoring="omax").update(
        anchor_words="lasem"
    )


RENAMES = (("target", "standard"), ("best", "goal"), ("target_high", "standard_high"))


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0002_unsaved_entries")]

    operations = [
        migrations.AddField(
            "scorecard",
            "anchor_words",
            models.CharField(default="standard", max_length=10),
        ),
        migrations.RunPython(keep_the_words_of_before, migrations.RunPython.noop),
        migrations.RemoveConstraint("target", "target_anchors_monotone"),
        migrations.RemoveConstraint("target", "target_range_in_order"),
        *(
            migrations.RenameField(model, before, after)
            for model in ("target", "historicaltarget")
            for before, after in RENAMES
        ),
        migrations.AddConstraint(
            "target",
            models.CheckConstraint(
                condition=~Q(kind="anchors")
                | Q(worst__lt=F("standard"), standard__lte=F("goal"))
                | Q(worst__gt=F("standard"), standard__gte=F("goal")),
                name="target_anchors_monotone",
            ),
        ),
        migrations.AddConstraint(
            "target",
            models.CheckConstraint(
                condition=~Q(kind="range")
                | Q(
                    worst__lt=F("standard"),
                    standard__lte=F("goal"),
                    goal__lte=F("standard_high"),
                    standard_high__lt=F("worst_high"),
                ),
                name="target_range_in_order",
            ),
        ),
        migrations.AlterField(
            model_name="historicaltarget",
            name="goal",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="target (level 10)",
            ),
        ),
        migrations.AlterField(
            model_name="historicaltarget",
            name="kind",
            field=models.CharField(
                choices=[
                    ("anchors", "three values: levels 0, 3 and 10"),
                    ("ladder", "a ladder of one's own, eleven rungs"),
                    ("range", "best in the middle"),
                    ("cut_points", "four cut points"),
                    ("mean", "mean of a questionnaire, 1 to 5"),
                ],
                default="anchors",
                max_length=12,
                verbose_name="kind of target",
            ),
        ),
        migrations.AlterField(
            model_name="historicaltarget",
            name="standard",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="standard (level 3)",
            ),
        ),
        migrations.AlterField(
            model_name="historicaltarget",
            name="standard_high",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="standard on the high side (level 3)",
            ),
        ),
        migrations.AlterField(
            model_name="historicaltarget",
            name="worst",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="worst value (level 0)",
            ),
        ),
        migrations.AlterField(
            model_name="historicaltarget",
            name="worst_high",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="worst value on the high side (level 0)",
            ),
        ),
        migrations.AlterField(
            model_name="scorecard",
            name="anchor_words",
            field=models.CharField(
                choices=[
                    ("standard", "standard for level 3, target for level 10"),
                    ("lasem", "target for level 3, best value for level 10, as in the Lasem study"),
                ],
                default="standard",
                max_length=10,
                verbose_name="words for levels 3 and 10",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="goal",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="target (level 10)",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="kind",
            field=models.CharField(
                choices=[
                    ("anchors", "three values: levels 0, 3 and 10"),
                    ("ladder", "a ladder of one's own, eleven rungs"),
                    ("range", "best in the middle"),
                    ("cut_points", "four cut points"),
                    ("mean", "mean of a questionnaire, 1 to 5"),
                ],
                default="anchors",
                max_length=12,
                verbose_name="kind of target",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="standard",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="standard (level 3)",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="standard_high",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="standard on the high side (level 3)",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="worst",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="worst value (level 0)",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="worst_high",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=21,
                null=True,
                verbose_name="worst value on the high side (level 0)",
            ),
        ),
    ]
