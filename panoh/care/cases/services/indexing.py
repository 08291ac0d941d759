"""Writing down, as keyed hashes, by what a child can be found again."""

from .. import blind
from ..models import Case, Detail, Field, NameIndex, PersonRole
from ..queries.words import look_up, words


def index_case(case: Case) -> int:
    """Write the look-ups of a case anew, from its alias and the details of its people; how many there are."""
    NameIndex.objects.filter(case=case).delete()
    found = {look_up(key): weight for key, weight in _keys(case).items()}
    rows = [NameIndex(token=token, case=case, weight=weight) for token, weight in found.items()]
    NameIndex.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _keys(case: Case) -> dict[str, int]:
    details = Detail.objects.filter(person__case=case).select_related("person")
    return blind.merged([blind.of_alias(case.alias), *(_of_detail(case, detail) for detail in details)])


def _of_detail(case: Case, detail: Detail) -> dict[str, int]:
    """Other people are found by whole names only: beginnings are for the child."""
    is_child = detail.person.role == PersonRole.CHILD
    if detail.field in {Field.FULL_NAME, Field.OTHER_NAMES}:
        return blind.of_name(words(case, detail, "value"), beginnings=is_child)
    if detail.field == Field.PHONE:
        return blind.of_phone(words(case, detail, "value"))
    if is_child and detail.field == Field.BIRTH_DATE:
        return blind.of_birth(words(case, detail, "value"))
    if is_child and detail.field == Field.SCHOOL:
        return blind.of_school(words(case, detail, "value"), case.region)
    return {}
