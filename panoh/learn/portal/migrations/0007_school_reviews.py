from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0006_partners"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("edition", models.PositiveSmallIntegerField()),
                ("region", models.CharField(max_length=6)),
                ("district", models.CharField(blank=True, default="", max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("general", "General"),
                            ("special", "Special"),
                            ("lyceum", "Lyceum"),
                            ("private", "Private"),
                            ("other", "Other"),
                        ],
                        max_length=8,
                    ),
                ),
                ("scores", models.JSONField(default=dict)),
                ("sent_on", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["year", "region"], name="portal_reviews_by_place"),
                    models.Index(fields=["sent_on"], name="portal_reviews_by_day"),
                ],
            },
        ),
    ]
