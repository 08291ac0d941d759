import django.db.models.deletion
import panoh.ground.common.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.ground.common.codes.new_code, editable=False, max_length=12, unique=True
                    ),
                ),
                ("digest", models.CharField(max_length=40)),
                ("rows", models.PositiveIntegerField()),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.ground.common.codes.new_code, editable=False, max_length=12, unique=True
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("resource", models.CharField(max_length=120)),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("print", "Printed"),
                            ("usb", "USB stick"),
                            ("telegram", "Telegram"),
                            ("broadcast", "Broadcast"),
                            ("lesson", "Lesson"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("children", "Children"),
                            ("parents", "Parents"),
                            ("educators", "Educators"),
                            ("industry", "Industry"),
                            ("policy", "Policy-makers"),
                            ("professionals", "Professionals"),
                            ("everybody", "Everybody"),
                        ],
                        max_length=14,
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("copies", models.PositiveIntegerField()),
                ("region", models.CharField(max_length=6)),
                ("district", models.CharField(blank=True, default="", max_length=40)),
                ("given_on", models.DateField()),
                ("organisation", models.CharField(max_length=120)),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handouts",
                        to="portal.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["-given_on", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("digest",), name="portal_a_file_is_read_in_once"
            ),
        ),
        migrations.AddIndex(
            model_name="handout",
            index=models.Index(fields=["given_on", "region"], name="portal_handouts_by_place"),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(("copies__gte", 1)), name="portal_something_was_handed_out"
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(("district", ""), ("district__startswith", models.F("region")), _connector="OR"),
                name="portal_district_in_region",
            ),
        ),
    ]
