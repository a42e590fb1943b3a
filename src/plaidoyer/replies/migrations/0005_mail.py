import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0002_list_files"),
        ("mailbox", "0002_name_of_a_sending"),
        ("replies", "0004_door"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ListSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight", models.PositiveSmallIntegerField(verbose_name="poids")),
                ("reason", models.CharField(max_length=300, verbose_name="raison")),
                (
                    "candidate_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="elections.candidatelist", verbose_name="liste"
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="list_suggestions",
                        to="replies.reply",
                        verbose_name="réponse",
                    ),
                ),
            ],
            options={
                "verbose_name": "liste proposée",
                "verbose_name_plural": "listes proposées",
                "ordering": ["-weight", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("reply", "candidate_list", "reason"), name="list_suggestion_once"),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="list_suggestion_has_reason"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sign",
                    models.CharField(
                        choices=[
                            ("token", "l’adresse de réponse de cette liste"),
                            ("link", "le lien de réponse de cette liste"),
                            ("thread", "le fil de la conversation"),
                            ("sender", "l’adresse de l’expéditeur, connue pour cette liste seule"),
                            ("forward", "l’expéditeur d’origine d’un message transféré"),
                            ("none", "aucun signe certain"),
                        ],
                        default="none",
                        max_length=7,
                        verbose_name="à quoi on le reconnaît",
                    ),
                ),
                ("concerns", models.JSONField(blank=True, default=list, verbose_name="à vérifier")),
                ("is_objection", models.BooleanField(default=False, verbose_name="demande peut-être à ne plus être écrite")),
                ("pulled_at", models.DateTimeField(verbose_name="pris le")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="vérifié le")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vérifié par",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to="mailbox.incomingmessage",
                        verbose_name="message reçu",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="replies.reply",
                        verbose_name="réponse",
                    ),
                ),
            ],
            options={
                "verbose_name": "courriel d’une réponse",
                "verbose_name_plural": "courriels des réponses",
                "ordering": ["message__received_at", "pk"],
            },
        ),
    ]
