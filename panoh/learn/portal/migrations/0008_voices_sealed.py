"""A child's words are sealed, as everything a child says is."""

import json
from typing import Any

from django.db import migrations, models
from django.db.models import Q

from panoh.ground.vault import public as vault


def seal(apps: Any, _editor: Any) -> None:
    for voice in apps.get_model("portal", "Voice").objects.all():
        voice.data_key = vault.new_key("voice")
        if voice.text:
            said = json.dumps({"text": voice.text, "letter": voice.letter}, ensure_ascii=False)
            voice.sealed = vault.seal(voice.data_key, said, where=f"portal.voice:{voice.code}")
        voice.save(update_fields=["data_key", "sealed"])


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_school_reviews")]

    operations = [
        migrations.AddField("voice", "data_key", models.UUIDField(null=True)),
        migrations.AddField("voice", "sealed", models.BinaryField(null=True)),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AlterField("voice", "data_key", models.UUIDField()),
        migrations.RemoveConstraint("voice", "portal_a_voice_that_ended_has_no_words"),
        migrations.AddConstraint(
            "voice",
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn"]) | Q(sealed=None),
                name="portal_a_voice_that_ended_has_no_words",
            ),
        ),
        migrations.RemoveField("voice", "text"),
        migrations.RemoveField("voice", "letter"),
    ]
