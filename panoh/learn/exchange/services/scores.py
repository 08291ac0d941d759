"""Results go back to the learning system that asked for them: noted once, sent until it has them.

A score that was sent and whose worker died before writing that down is sent again with the same moment: by the
specification (AGS 2.0) a platform leaves a score with the same moment as it is, and answers as before or with 409.
"""

import json
import time
from datetime import UTC, timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from panoh.ground.accounts import public as accounts
from panoh.ground.accounts.public import Learner
from panoh.ground.audit import public as audit
from panoh.ground.jobs.public import job
from panoh.ground.notify import public as notify
from panoh.learn.academy import public as academy

from .. import tokens
from ..models import Link, Opening, Platform, Score, ScoreState
from ..queries import lti as queries
from .keys import signing_key

TRIES = 12
FIRST_PAUSE = timedelta(minutes=1)  # doubled with each try, up to LONGEST_PAUSE: about two days in all
LONGEST_PAUSE = timedelta(hours=8)
SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
FORM_TYPE = "application/x-www-form-urlencoded"
FOR_GOOD = {400, 403, 404, 410, 422}  # of the score itself: asking again changes nothing
THERE = 409  # the platform has a score of this moment or a later one


def send_due() -> int:
    """Note new results and hand to the worker what is due; how many. Run by the timetable."""
    note_scores()
    due = queries.scores_due(timezone.now())
    for pk in due:
        post_score.enqueue(pk)
    return len(due)


@transaction.atomic
def note_scores() -> int:
    """A row for every result that a link of its learner wants and that has none yet; how many. Twice is once."""
    wanting = Link.objects.exclude(line="")
    known = Score.objects.values("attempt")
    made = 0
    for result in academy.results_of(wanting.values("learner"), without=known):
        places = wanting.filter(learner=result.learner, course=result.course)
        for link in places:
            if (link.kind or "final_test", link.module) == (result.kind, result.module):
                made += _note(link, result)
    return made


def _note(link: Link, result: academy.Result) -> bool:
    better = link.scores.filter(percent__gte=result.percent).exclude(state=ScoreState.LOST)
    _score, is_new = Score.objects.get_or_create(
        link=link,
        attempt=result.attempt,
        defaults={
            "percent": result.percent,
            "reached_at": result.at,
            "state": ScoreState.KEPT if better.exists() else ScoreState.WAITING,
            "next_at": timezone.now(),
        },
    )
    return is_new


@job()
def post_score(pk: int) -> None:
    """Send one score. The row says when it is tried again, so a worker that dies on the way loses nothing."""
    score = _claim(pk)
    if score is None:
        return
    better = score.link.scores.filter(percent__gte=score.percent, state=ScoreState.SENT)
    state = ScoreState.KEPT if better.exclude(pk=score.pk).exists() else _send(score)
    if state is None and score.tries >= TRIES:
        state = ScoreState.LOST
    if state is not None:
        _finish(score, state)


def _claim(pk: int) -> Score | None:
    """One worker has it until the moment of the next try."""
    now = timezone.now()
    held = Score.objects.filter(pk=pk, state=ScoreState.WAITING).select_related("link__platform", "link__learner")
    score = held.first()
    if score is None or not score.link.platform.is_active:
        return None
    pause = min(FIRST_PAUSE * 2**score.tries, LONGEST_PAUSE)
    if not held.filter(next_at__lte=now).update(next_at=now + pause, tries=F("tries") + 1):
        return None
    score.tries += 1
    return score


@transaction.atomic
def _finish(score: Score, state: str) -> None:
    Score.objects.filter(pk=score.pk).update(state=state, sent_at=timezone.now())
    audit.record("score.ended", thing=f"score-{score.pk}", state=str(state), tries=score.tries)


def _send(score: Score) -> str | None:
    """The state it comes to, or None: try again."""
    _issuer, subject = accounts.launched_as(score.link.learner)
    if not subject:
        return ScoreState.LOST
    said = {
        "userId": subject, "scoreGiven": score.percent, "scoreMaximum": 100,
        "activityProgress": "Completed", "gradingProgress": "FullyGraded",
        "timestamp": score.reached_at.astimezone(UTC).isoformat(timespec="milliseconds"),
    }  # fmt: skip
    try:
        leave = _leave(score.link.platform)
        headers = {"Content-Type": SCORE_TYPE, "Authorization": f"Bearer {leave}"}
        address, body = scores_address(score.link.line), json.dumps(said).encode()
        status = notify.ask_outside("POST", address, headers=headers, body=body).status
    except notify.DeliveryRefusedError:
        return ScoreState.LOST
    except (notify.DeliveryDelayedError, ValueError):
        return None
    if 200 <= status < 300 or status == THERE:
        return ScoreState.SENT
    return ScoreState.LOST if status in FOR_GOOD else None


def _leave(platform: Platform) -> str:
    """The platform's leave to send scores; raises ``ValueError`` where it gives none."""
    kid, pem = signing_key()
    said = tokens.assertion(platform.client_id, platform.token_url, int(time.time()))
    asked = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": tokens.signed(said, kid, pem),
        "scope": tokens.SCORE_SCOPE,
    }
    headers = {"Content-Type": FORM_TYPE, "Accept": "application/json"}
    answer = notify.ask_outside("POST", platform.token_url, headers=headers, body=urlencode(asked).encode())
    given = json.loads(answer.body) if answer.status == 200 else {}
    leave = given.get("access_token") if isinstance(given, dict) else None
    if not isinstance(leave, str) or not leave.isascii() or not leave.isprintable():
        raise ValueError("no leave")
    return leave


def scores_address(line: str) -> str:
    """Where scores of a line item go: "scores" behind its path, its query kept (AGS 2.0, 3.4)."""
    parts = urlsplit(line)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/scores", fragment=""))


@transaction.atomic
def forget_learner(learner: Learner) -> None:
    """Where they came in and what was sent of them goes; the learning system keeps its own."""
    Link.objects.filter(learner=learner).delete()


def clear_openings() -> int:
    """Drop ways in that are over. Run by the timetable."""
    return Opening.objects.filter(expires_at__lt=timezone.now()).delete()[0]
