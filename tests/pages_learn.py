"""The pages of learn: the portal."""

import re
import time
import uuid
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.browsing import ADMINISTRATOR, Centre, OverTheWire, wait_until
from tests.looks import Look, fill, post, press
from tests.pages_certificates import LOOKS_OF_CERTIFICATES

LEARNER = "learner"
# The link of a letter that lets a learner in, as the demo centre prints it.
LINK = re.compile(r"(/uz/account/sign-in/[\w-]+/)")
# A file for the distribution log at its second step: its text, and which column is what.
HEAD = ["resource", "format", "audience", "language", "copies", "region", "given_on", "organisation"]
FILE = {fact: str(at) for at, fact in enumerate(HEAD)}
FILE["text"] = f"{';'.join(HEAD)}\nPlakat;print;parents;uz;500;UZ-TK;2026-11-01;12-maktab"


def answer_review(page: Page) -> None:
    """Every statement at its second level."""
    for choice in page.locator("main fieldset").all():
        choice.locator("input").nth(1).check()
    press("main form button")(page)


def ask_for_a_code(page: Page) -> None:
    """A letter to an address that nobody has asked for before."""
    page.locator("input[name=address]").fill(f"{time.time_ns()}@example.test")
    page.locator("input[name=agreed]").check()
    press("main form button")(page)


def ask_for_a_chat_code(page: Page) -> None:
    page.locator("input[name=agreed]").check()
    press("main form button")(page)


class Teacher:
    """A learner who is in the middle of one test and has handed in another with nothing right."""

    def __init__(self, centre: Centre) -> None:
        self.centre, self.wire, self.cookie = centre, OverTheWire(centre.url), ""

    def make(self) -> dict[str, str]:
        wait_until(lambda: "/courses/information-security/" in self.wire.get("/uz/courses/").text, 120)
        self.wire.post("/uz/account/sign-in/", {"address": "malika@example.test", "agreed": "on"})
        letter = wait_until(lambda: LINK.findall(self.centre.output.read_text(errors="replace")), 60)
        self.wire.post(letter[-1], {})
        self.cookie = next(str(cookie.value) for cookie in self.wire.jar if cookie.name == "learner")
        done = self._begin("online-safety-for-parents")
        self.wire.post(f"/uz/courses/online-safety-for-parents/test/{done}/submit/", {})
        found = {"attempt": self._begin("primary-care"), "attempt_done": done, "letter": self._letter("olim")}
        return found | self._group() | {"bank_question": str(self._one("academy_question", "id"))}

    def _letter(self, name: str) -> str:
        """The link of a letter that nobody has followed yet."""
        before = len(LINK.findall(self.centre.output.read_text(errors="replace")))
        OverTheWire(self.centre.url).post("/uz/account/sign-in/", {"address": f"{name}@example.test", "agreed": "on"})
        return str(wait_until(lambda: LINK.findall(self.centre.output.read_text(errors="replace"))[before:], 60)[-1])

    def _group(self) -> dict[str, str]:
        """With somebody invited."""
        desk = OverTheWire(self.centre.url).sign_in(ADMINISTRATOR, self.centre.password)
        desk.post("/desk/groups/add/", {"name": "12-maktab", "course": "information-security"})
        code = str(self._one("academy_cohort", "code"))
        desk.post(f"/desk/groups/{code}/invite/", {"text": "olim@example.test", "language": "uz"})
        return {"cohort": code, "cohort_link": str(self._one("academy_cohort", "join_code"))}

    def _one(self, table: str, column: str) -> object:
        return self.centre.query(f"select {column} from {table} order by id desc limit 1")[0][0]  # noqa: S608

    def _begin(self, course: str) -> str:
        """Where the test began, its number stands."""
        self.wire.post(f"/uz/courses/{course}/test/begin/", {"kind": "final_test"})
        last = "select uuid from academy_attempt order by began_at desc limit 1"
        return str(uuid.UUID(str(self.centre.query(last)[0][0])))


LESSONS = "/desk/lessons/information-security/cyber-hygiene-for-pupils"
LOOKS_OF_LEARN = [
    *LOOKS_OF_CERTIFICATES,
    Look("academy/desk/attempt.html", "/desk/tests/attempts/{attempt_done}/", ADMINISTRATOR),
    Look("academy/desk/question.html", "/desk/tests/questions/{bank_question}/", ADMINISTRATOR),
    Look("academy/desk/cohort.html", "/desk/groups/{cohort}/", ADMINISTRATOR),
    Look("academy/join.html", "/{lang}/courses/join/{cohort_link}/"),
    Look("accounts/learners/enter.html", "{letter}"),
    Look("academy/mine.html", "/{lang}/courses/mine/", LEARNER),
    Look("academy/tests.html", "/{lang}/courses/information-security/test/", LEARNER),
    Look("academy/question.html", "/{lang}/courses/primary-care/test/{attempt}/1/", LEARNER),
    Look("academy/review.html", "/{lang}/courses/primary-care/test/{attempt}/review/", LEARNER),
    Look("academy/result.html", "/{lang}/courses/online-safety-for-parents/test/{attempt_done}/result/", LEARNER),
    Look("accounts/learners/account.html", "/{lang}/account/", LEARNER),
    Look("accounts/learners/delete.html", "/{lang}/account/delete/", LEARNER),
    Look("academy/courses.html", "/{lang}/courses/"),
    Look("academy/course.html", "/uz/courses/information-security/"),
    Look("academy/module.html", "/uz-cyrl/courses/information-security/cyber-hygiene-for-pupils/"),
    Look("academy/lesson.html", "/ru/courses/information-security/cyber-hygiene-for-pupils/keys-and-locks/"),
    Look("academy/step.html", "/en/courses/information-security/cyber-hygiene-for-pupils/keys-and-locks/1/"),
    Look("academy/whole.html", "/en/courses/information-security/cyber-hygiene-for-pupils/keys-and-locks/print/"),
    Look("academy/elsewhere.html", "/kaa/courses/information-security/"),
    Look("academy/desk/cohorts.html", "/desk/groups/", ADMINISTRATOR),
    Look("academy/desk/add_cohort.html", "/desk/groups/add/", ADMINISTRATOR),
    Look("academy/desk/pending.html", "/desk/groups/pending/", ADMINISTRATOR),
    Look("academy/desk/lessons.html", "/desk/lessons/", ADMINISTRATOR),
    Look("academy/desk/add_lesson.html", f"{LESSONS}/", ADMINISTRATOR),
    Look("academy/desk/lesson.html", f"{LESSONS}/keys-and-locks/", ADMINISTRATOR),
    Look("academy/desk/write_lesson.html", f"{LESSONS}/keys-and-locks/write/ru/", ADMINISTRATOR),
    Look("academy/preview.html", f"{LESSONS}/keys-and-locks/write/uz/", ADMINISTRATOR, then=press("[value=preview]")),
    Look("accounts/learners/sign_in_by_chat.html", "/{lang}/account/sign-in/telegram/"),
    Look("accounts/learners/chat_code.html", "/{lang}/account/sign-in/telegram/", then=ask_for_a_chat_code),
    Look("academy/desk/banks.html", "/desk/tests/", ADMINISTRATOR),
    Look("academy/desk/bank.html", "/desk/tests/bank/information-security/", ADMINISTRATOR),
    Look("academy/desk/take_questions.html", "/desk/tests/bank/information-security/take/", ADMINISTRATOR),
    Look("academy/pack.html", "/uz/courses/information-security/pack/"),
    Look("exchange/refused.html", "/lti/login/"),
    Look("exchange/desk/events.html", "/desk/exchange/", ADMINISTRATOR),
    Look("exchange/desk/platforms.html", "/desk/exchange/platforms/", ADMINISTRATOR),
    Look("exchange/desk/platform.html", "/desk/exchange/platforms/add/", ADMINISTRATOR),
    Look("academy/desk/requests.html", "/desk/tests/requests/", ADMINISTRATOR),
    Look("accounts/learners/sign_in.html", "/{lang}/account/sign-in/"),
    Look("academy/step.html practice",
         "/uz/courses/information-security/cyber-hygiene-for-pupils/keys-and-locks/3/?try=1"),
    Look("academy/sheet.html",
         "/uz-cyrl/courses/information-security/cyber-hygiene-for-pupils/keys-and-locks/7/sheet/"),
    Look("accounts/learners/code.html", "/{lang}/account/sign-in/", then=ask_for_a_code),
    Look("accounts/learners/over.html", "/{lang}/account/sign-in/an-old-link/"),
    Look("accounts/learners/gone.html", "/uz/account/gone/"),
    Look("portal/home.html", "/{lang}/"),
    Look("playroom/home.html", "/{lang}/play/"),
    Look("playroom/stories.html", "/{lang}/play/stories/the-shining-message/"),
    Look("playroom/scene.html", "/{lang}/play/stories/the-shining-message/", then=press("main a.button-big")),
    Look("playroom/quizzes.html", "/{lang}/play/quizzes/safe-or-not/"),
    Look("playroom/item.html", "/{lang}/play/quizzes/safe-or-not/1/"),
    Look("playroom/item.html answered", "/{lang}/play/quizzes/safe-or-not/1/?a=ask"),
    Look("playroom/cards.html", "/{lang}/play/cards/what-would-you-do/"),
    Look("playroom/workbook.html", "/{lang}/play/workbook/my-digital-notebook/"),
    Look("playroom/guide.html", "/{lang}/play/workbook/my-digital-notebook/guide/"),
    Look("playroom/challenge.html", "/{lang}/play/challenge/ten-days/"),
    Look("playroom/episodes.html", "/{lang}/play/episodes/a-hand-that-helps/"),
    Look("playroom/paths.html", "/{lang}/play/paths/wise-travellers/"),
    Look("playroom/lesson.html", "/{lang}/play/paths/wise-travellers/", then=press("ol.scenes a.tile")),
    Look("playroom/desk/plays.html", "/desk/play/?by=day", ADMINISTRATOR),
    Look("portal/hub.html", "/{lang}/for/children/"),
    Look("portal/hub.html age", "/{lang}/for/children/?age=13-17"),
    Look("portal/sheet.html", "/{lang}/guide/something-bad-online/"),
    Look("portal/sheet.html easy", "/{lang}/guide/something-bad-online/?reading=easy"),
    Look("portal/thanks.html", "/{lang}/guide/something-bad-online/thanks/"),
    Look("portal/thanks.html reasons", "/en/guide/money-tricks/",
         then=press("button[name=answer][value=no]")),
    Look("portal/offline.html", "/{lang}/offline/"),
    Look("portal/pack.html", "/uz/offline/family/"),
    Look("portal/poster.html", "/{lang}/poster/somebody-threatens-me/"),
    Look("portal/feedback.html", "/desk/pages/helped/", ADMINISTRATOR),
    Look("portal/sheet.html table", "/en/guide/case-flow-between-agencies/"),
    Look("portal/elsewhere.html", "/kaa/guide/first-phone/"),
    Look("portal/questions.html", "/{lang}/questions/"),
    Look("portal/tools.html", "/{lang}/tools/"),
    Look("portal/tool.html", "/uz/tools/family-link/"),
    Look("portal/glossary.html", "/{lang}/glossary/"),
    Look("portal/laws.html", "/{lang}/laws/"),
    Look("portal/checklists.html", "/{lang}/checklists/"),
    Look("portal/checklist.html", "/ru/checklists/policy/"),
    Look("portal/checklist.html ticks", "/uz-cyrl/checklists/industry-a-connectivity/"),
    Look("portal/news.html", "/{lang}/news/"),
    Look("portal/news_post.html", "/ru/news/how-we-choose-words/"),
    Look("portal/alert.html", "/uz-cyrl/alerts/apk-files/"),
    Look("portal/campaigns.html", "/{lang}/campaigns/"),
    Look("portal/campaign.html", "/uz/campaigns/safer-internet-day/"),
    Look("portal/campaign_report.html", "/ru/campaigns/safer-internet-day/we-did-this/"),
    Look("portal/campaign_reported.html", "/uz/campaigns/safer-internet-day/thank-you/"),
    Look("portal/opportunities.html", "/{lang}/opportunities/"),
    Look("portal/opportunity.html", "/uz-cyrl/opportunities/first-code/"),
    Look("portal/resources.html", "/{lang}/resources/"),
    Look("portal/resource.html", "/uz/resources/family-card-game/"),
    Look("portal/albums.html", "/{lang}/albums/"),
    Look("portal/album.html", "/uz-cyrl/albums/the-first-drawings/"),
    Look("portal/voices.html", "/{lang}/voices/"),
    Look("portal/desk/album.html", "/desk/albums/the-first-drawings/", ADMINISTRATOR),
    Look("portal/desk/voice.html", "/desk/voices/{voice}/", ADMINISTRATOR),
    Look("portal/desk/albums.html", "/desk/albums/", ADMINISTRATOR),
    Look("portal/desk/form.html", "/desk/albums/add/", ADMINISTRATOR),
    Look("portal/desk/voices.html", "/desk/voices/", ADMINISTRATOR),
    Look("portal/desk/campaign_reports.html", "/desk/campaigns/", ADMINISTRATOR),
    Look("portal/page.html", "/uz/about/accessibility-statement/"),
    Look("portal/search.html", "/{lang}/search/"),
    Look("portal/search.html found", "/{lang}/search/?q=telegram"),
    Look("portal/search.html nothing", "/{lang}/search/",
         then=fill({"main input[name=q]": "zzzzqqq"}, "main form button")),
    Look("portal/partners.html", "/{lang}/partners/"),
    Look("portal/partners/register.html", "/desk/partners/", ADMINISTRATOR),
    Look("portal/partners/partner.html", "/desk/partners/{partner}/", ADMINISTRATOR),
    Look("portal/partners/form.html", "/desk/partners/add/", ADMINISTRATOR),
    Look("portal/distribution/log.html", "/desk/distribution/", ADMINISTRATOR),
    Look("portal/distribution/totals.html", "/desk/distribution/totals/", ADMINISTRATOR),
    Look("portal/distribution/not_reached.html", "/desk/distribution/not-reached/", ADMINISTRATOR),
    Look("portal/distribution/form.html", "/desk/distribution/log/", ADMINISTRATOR),
    Look("portal/distribution/file.html", "/desk/distribution/files/", ADMINISTRATOR),
    Look("portal/distribution/columns.html", "/desk/distribution/files/", ADMINISTRATOR,
         then=post("/desk/distribution/files/", urlencode(FILE))),
    Look("portal/distribution/upload.html", "/desk/distribution/files/{upload}/", ADMINISTRATOR),
    Look("portal/reviews/overview.html", "/desk/school-reviews/", ADMINISTRATOR),
    Look("portal/writing/board.html", "/desk/pages/", ADMINISTRATOR),
    Look("portal/writing/choose.html", "/desk/pages/edit/texts/add/", ADMINISTRATOR),
    Look("portal/writing/board.html missing", "/desk/pages/?audience=parents&state=missing", ADMINISTRATOR),
    Look("portal/school_review.html", "/uz/school-review/"),
    Look("portal/school_review.html wrong", "/ru/school-review/", then=press("main form button")),
    Look("portal/school_review_result.html", "/en/school-review/", then=answer_review),
]  # fmt: skip


def make_registers(centre: Centre) -> dict[str, str]:
    """A partner with a promise, a handing-out and a file, made at the desk."""
    desk = OverTheWire(centre.url).sign_in(ADMINISTRATOR, centre.password)
    desk.post("/desk/partners/add/", {"name": f"Hamkor {time.time_ns()}", "kind": "media"})
    partner = str(centre.query("select code from portal_partner order by id desc limit 1")[0][0])
    texts = {"what_uz": "Maktablarga plakat beramiz", "measure_uz": "Maktablar roʻyxati"}
    desk.post(f"/desk/partners/{partner}/pledges/add/", {**texts, "due_on": "2027-03-01"})
    for kind, thing in (("partners", partner), ("pledges", str(centre.query("select code from portal_pledge")[-1][0]))):
        desk.post(f"/desk/{kind}/{thing}/publish/", {"on": "1"})
    desk.post("/desk/distribution/files/", {**FILE, "text": FILE["text"].replace("500", "70"), "enter": "1"})
    return {"partner": partner, "upload": str(centre.query("select code from portal_upload")[-1][0])}


def make_voice(centre: Centre) -> dict[str, str]:
    """A child's words that wait for their readers."""
    desk = OverTheWire(centre.url).sign_in(ADMINISTRATOR, centre.password)
    typed = {"language": "uz", "text": "Men multfilm yasadim.", "age_band": "9-12"}
    desk.post("/desk/voices/add/", {**typed, "childs_yes": "said", "guardians_yes": "written"})
    return {"voice": str(centre.query("select code from portal_voice order by id desc limit 1")[0][0])}
