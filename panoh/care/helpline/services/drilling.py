"""Practice talks: set, accepted, answered by a script, scored, talked over. Walled off from everything that is real."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.codes import new_code
from panoh.ground.languages.public import fold
from panoh.ground.vault import public as vault

from .. import drill as play
from .. import policy, rules
from ..errors import DrillRefusedError
from ..models import Drill, DrillLine
from ..queries.drills import where_line, where_note

LONGEST = 1000
MOST_LINES = 400


@transaction.atomic
def set_drills(
    *, trainees: Iterable[User], scenarios: Sequence[str], language: str, every: timedelta = timedelta(0), by: User
) -> list[Drill]:
    """Synthetic children for each trainee, arriving ``every`` so often, the first one now."""
    if not policy.can_lead(by):
        raise DrillRefusedError(_("Only a supervisor sets practice talks for others."))
    now = timezone.now()
    return [
        _new_drill(code, language, trainee=one, arrives_at=now + every * place, by=by)
        for one in trainees
        for place, code in enumerate(scenarios)
    ]


@transaction.atomic
def practise(*, scenario: str, language: str, by: User) -> Drill:
    """A practice talk for oneself; its child is there at once."""
    if not policy.can_practise(by):
        raise DrillRefusedError(_("Practice is for people of the desk."))
    return _new_drill(scenario, language, trainee=by, arrives_at=timezone.now(), by=by)


def _new_drill(code: str, language: str, *, trainee: User, arrives_at: datetime, by: User) -> Drill:
    scenario = rules.scenarios().get(code)
    if scenario is None or not policy.can_practise(trainee):
        raise DrillRefusedError(_("There is no such practice talk."))
    drill = Drill.objects.create(
        reference=f"D-{new_code()}",
        scenario=code,
        version=scenario.version,
        language=language,
        trainee=trainee,
        set_by=by,
        data_key=vault.new_key("drill"),
        arrives_at=arrives_at,
    )
    audit.record("drill.set", thing=drill.reference, actor=by.code, scenario=code)
    return drill


def _lock(drill: Drill) -> Drill:
    return Drill.objects.select_for_update().get(pk=drill.pk)


def _refuse_unless_mine(drill: Drill, by: User) -> None:
    if drill.trainee_id != by.pk or drill.ended_at is not None:
        raise DrillRefusedError(_("This practice talk is over, or is not yours."))


@transaction.atomic
def accept_drill(drill: Drill, *, by: User) -> Drill:
    """The child's first words appear; twice is once."""
    held = _lock(drill)
    _refuse_unless_mine(held, by)
    now = timezone.now()
    if held.arrives_at > now:
        raise DrillRefusedError(_("This one has not arrived yet."))
    if held.accepted_at is None:
        held.accepted_at = now
        held.save(update_fields=["accepted_at"])
        scenario = rules.scenarios()[held.scenario]
        _child_says(held, scenario.opening[play.written(held.language)])
    return held


@transaction.atomic
def say_in_drill(drill: Drill, *, text: str, key: uuid.UUID, by: User) -> Drill:
    """The counsellor's words, and what the scripted child answers. The same ``key`` twice is one line."""
    held = _lock(drill)
    _refuse_unless_mine(held, by)
    if held.accepted_at is None:
        raise DrillRefusedError(_("Accept the talk first."))
    if held.lines.filter(key=key).exists():
        return held
    if held.lines.count() >= MOST_LINES or len(text) > LONGEST:
        raise DrillRefusedError(
            _("This is too long for a practice talk. Nothing was lost: shorten it, or end the talk.")
        )
    _write(held, text, is_child=False, key=key)
    scenario = rules.scenarios()[held.scenario]
    beats, lines = play.answers(
        scenario, text, touched=held.touched, unheard=held.unheard, language=held.language, fold=fold
    )
    held.touched = [*held.touched, *(beat.code for beat in beats)]
    held.unheard += not beats
    held.first_reply_at = held.first_reply_at or timezone.now()
    held.save(update_fields=["touched", "unheard", "first_reply_at"])
    _child_says(held, lines)
    return held


def _child_says(drill: Drill, lines: Iterable[str]) -> None:
    for line in lines:
        _write(drill, rules.in_script(line, drill.language), is_child=True)


def _write(drill: Drill, text: str, *, is_child: bool, key: uuid.UUID | None = None) -> None:
    seq = drill.lines.count() + 1
    body = vault.seal(drill.data_key, text, where=where_line(drill.pk, seq))
    DrillLine.objects.create(drill=drill, seq=seq, is_child=is_child, key=key, body=body, at=timezone.now())


@transaction.atomic
def end_drill(drill: Drill, *, urgency: int, by: User) -> Drill:
    """The trainee judges the urgency and ends; the talk is scored by what was said and when."""
    held = _lock(drill)
    _refuse_unless_mine(held, by)
    if held.accepted_at is None:
        raise DrillRefusedError(_("Accept the talk first."))
    scenario = rules.scenarios()[held.scenario]
    waited = (held.first_reply_at - held.arrives_at).total_seconds() if held.first_reply_at else None
    promise = rules.promise(scenario.urgency).reply
    points = play.score(scenario, waited=waited, promise=promise, touched=held.touched, urgency=urgency)
    held.urgency, held.points, held.ended_at = urgency, asdict(points), timezone.now()
    held.save(update_fields=["urgency", "points", "ended_at"])
    audit.record("drill.ended", thing=held.reference, actor=by.code, points=points.total)
    return held


@transaction.atomic
def debrief_drill(drill: Drill, *, note: str, by: User) -> Drill:
    """A supervisor talked it over with the trainee; the note is for the two of them."""
    held = _lock(drill)
    if not policy.can_debrief(by, held):
        raise DrillRefusedError(_("Somebody else debriefs this one, after it has ended."))
    held.debriefed_by, held.debriefed_at = by, timezone.now()
    held.note = vault.seal(held.data_key, note, where=where_note(held.pk))
    held.save(update_fields=["debriefed_by", "debriefed_at", "note"])
    audit.record("drill.debriefed", thing=held.reference, actor=by.code)
    return held


def forget_drills(before: datetime) -> int:
    """Practice talks ended before that moment go whole; how many."""
    old = list(Drill.objects.filter(ended_at__lt=before))
    vault.destroy_keys([drill.data_key for drill in old], reason="retention")
    Drill.objects.filter(pk__in=[drill.pk for drill in old]).delete()
    return len(old)
