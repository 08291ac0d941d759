"""The pages of learn: the portal."""

from tests.looks import Look, fill

LOOKS_OF_LEARN = [
    Look("portal/home.html", "/{lang}/"),
    Look("portal/hub.html", "/{lang}/for/children/"),
    Look("portal/hub.html age", "/{lang}/for/children/?age=13-17"),
    Look("portal/sheet.html", "/{lang}/guide/something-bad-online/"),
    Look("portal/sheet.html easy", "/{lang}/guide/something-bad-online/?reading=easy"),
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
    Look("portal/page.html", "/uz/about/accessibility-statement/"),
    Look("portal/search.html", "/{lang}/search/"),
    Look("portal/search.html found", "/{lang}/search/?q=telegram"),
    Look("portal/search.html nothing", "/{lang}/search/",
         then=fill({"main input[name=q]": "zzzzqqq"}, "main form button")),
]  # fmt: skip
