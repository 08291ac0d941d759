from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_directory_and_partner_systems")]

    operations = [
        migrations.AddField(
            model_name="numbertocall",
            name="readers",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
