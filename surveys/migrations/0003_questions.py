from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What every part of every questionnaire asked until now, in the language of each.
ASKED = {
    "id": "Mana yang lebih penting bagi hubungan pelanggan yang baik?",
    "en": "Which is more important for good customer relationships?",
}


def keep_what_was_asked(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    opened = apps.get_model("surveys", "Survey").objects.exclude(status="draft")
    for language, question in ASKED.items():
        matrices = apps.get_model("surveys", "Matrix").objects
        matrices.filter(survey__in=opened.filter(language=language)).update(question=question)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_trials")]

    operations = [
        migrations.AddField(
            model_name="matrix",
            name="question",
            field=models.CharField(blank=True, default="", max_length=250, verbose_name="question"),
            preserve_default=False,
        ),
        migrations.RunPython(keep_what_was_asked, migrations.RunPython.noop),
    ]
