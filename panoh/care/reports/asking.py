"""The questionnaire as this centre wrote it under ``centre/questionnaire/``, and how it is said in each language."""

from functools import cache

from django.conf import settings

from panoh.ground.common.centre import centre_file
from panoh.ground.languages.public import to_script, word
from panoh.ground.places.public import region_name, regions

from .questionnaire import Option, Question, Questionnaire

FOLDER = "questionnaire"
REGIONS = "regions"
LISTS = ("platforms", "age_bands", "sexes")


def versions() -> list[str]:
    """Every version there ever was, the newest last."""
    paths = (settings.CENTRE_DIR / FOLDER).glob("report-*.toml")
    found = [path.stem.removeprefix("report-") for path in paths]
    return sorted(found, key=lambda version: [int(part) for part in version.split("-")])


@cache
def newest() -> str:
    return versions()[-1]


def questionnaire(version: str = "") -> Questionnaire:
    """The questions of ``version``, by default those asked now. Raises ``FileNotFoundError``."""
    return _read(version or newest())


@cache
def _read(version: str) -> Questionnaire:
    lists = {name: [str(row["code"]) for row in centre_file(f"taxonomy/{name}.toml")["item"]] for name in LISTS}
    lists[REGIONS] = [code for code, _name in regions("en")]
    found = Questionnaire.from_data(centre_file(f"{FOLDER}/report-{version}.toml"), lists)
    if found.version != version:
        raise ValueError(f"report-{version}.toml says that it is {found.version}")
    return found


def forget_cached() -> None:
    """Reads the files again at the next question."""
    for kept in (newest, _read, _names):
        kept.cache_clear()


@cache
def _names(listed: str, language: str) -> dict[str, str]:
    """Code to name of one list of the centre; Uzbek Cyrillic is derived."""
    if listed == REGIONS:
        return dict(regions(language))
    rows = centre_file(f"taxonomy/{listed}.toml")["item"]
    if language == "uz-cyrl":
        return {row["code"]: to_script(row["uz"], language) for row in rows}
    return {row["code"]: row[language] for row in rows}


def option_name(question: Question, option: Option, language: str) -> str:
    """What a person reads on the button. A code that its list has lost stands for itself."""
    if question.listed == REGIONS:
        return region_name(option.code, language)
    if question.listed:
        return _names(question.listed, language).get(option.code, option.code)
    return word(option.words, language)


def option_names(question: Question, language: str) -> list[tuple[str, str]]:
    """``(code, name)`` of every option in the order they are shown; regions by their names."""
    named = [(option.code, option_name(question, option, language)) for option in question.options]
    return sorted(named, key=lambda row: row[1]) if question.listed == REGIONS else named


def value_name(question: Question, value: object, language: str) -> str:
    """An answer as a person reads it; lines stay lines, a code of the version it was given under keeps its name."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    option = question.option(value)
    return option_name(question, option, language) if option else str(value or "")
