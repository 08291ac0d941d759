import django.db.models.deletion
import panoh.ground.common.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_whom_a_number_is_shown_to"),
        ("portal", "0005_writings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.ground.common.codes.new_code, editable=False, max_length=12, unique=True
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("company", "Company"),
                            ("school", "School"),
                            ("ngo", "Non-governmental organisation"),
                            ("agency", "Agency"),
                            ("media", "Media"),
                            ("operator", "Operator"),
                        ],
                        max_length=10,
                    ),
                ),
                ("website", models.URLField(blank=True, default="")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisations.organisation",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.ground.common.codes.new_code, editable=False, max_length=12, unique=True
                    ),
                ),
                ("what", models.JSONField(default=dict)),
                ("measure", models.JSONField(default=dict)),
                ("due_on", models.DateField()),
                ("first_due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("promised", "Promised"),
                            ("on_the_way", "On the way"),
                            ("kept", "Kept"),
                            ("not_kept", "Not kept"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="promised",
                        max_length=10,
                    ),
                ),
                ("reason", models.JSONField(default=dict)),
                ("result", models.JSONField(default=dict)),
                ("evidence_url", models.URLField(blank=True, default="", max_length=300)),
                ("reminded_step", models.PositiveSmallIntegerField(default=0)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pledges", to="portal.partner"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="PledgeChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("added", "written down"),
                            ("changed", "changed"),
                            ("reported", "reported"),
                            ("shown", "published"),
                            ("hidden", "taken off the public page"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("promised", "Promised"),
                            ("on_the_way", "On the way"),
                            ("kept", "Kept"),
                            ("not_kept", "Not kept"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                ("what", models.JSONField(default=dict)),
                ("reason", models.JSONField(default=dict)),
                ("result", models.JSONField(default=dict)),
                ("evidence_url", models.URLField(blank=True, default="", max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="portal.pledge"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation", None), models.Q(("name", ""), _negated=True)),
                    models.Q(("name", ""), ("organisation__isnull", False)),
                    _connector="OR",
                ),
                name="portal_a_partner_is_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="portal_partner_published_by_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(fields=("organisation",), name="portal_one_partner_an_organisation"),
        ),
        migrations.AddIndex(
            model_name="pledge",
            index=models.Index(fields=["state", "due_on"], name="portal_pledges_due"),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="portal_pledge_published_by_a_person",
            ),
        ),
    ]
