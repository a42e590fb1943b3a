import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0001_initial"),
        ("replies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="reply",
            name="suggested_list",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="suggested_replies",
                to="elections.candidatelist",
                verbose_name="liste proposée",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="suggestion_why",
            field=models.CharField(blank=True, max_length=300, verbose_name="pourquoi cette liste"),
        ),
        migrations.AddField(
            model_name="reply",
            name="set_aside_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="mise de côté parce que"),
        ),
        migrations.AddField(
            model_name="reviewstep", name="after", field=models.JSONField(blank=True, null=True, verbose_name="grille après le geste")
        ),
        migrations.AddField(
            model_name="reviewstep", name="is_forgotten", field=models.BooleanField(default=False, verbose_name="ne peut plus être rétabli")
        ),
    ]
