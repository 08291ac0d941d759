"""A hundred thousand or a million cases, written in bulk: for measurements only. Import it when Django is set up.

What is searched is real: every look-up of every name went through the centre's own folding and its keyed hash. What is
sealed exists only for the cases that are opened.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from panoh.care.cases import blind
from panoh.care.cases import services as cases
from panoh.care.cases.models import Case
from panoh.care.cases.queries.words import look_up
from panoh.ground.accounts.public import Role, User, create_person
from panoh.ground.languages.public import to_script
from panoh.ground.places.public import regions

from . import names
from .people import PASSWORD

POOL = 40_000  # full names; each belongs to about 25 of a million
LEADERS, WORKERS = 10, 40
TABLES = ("cases_nameindex", "cases_link", "cases_case")
# Filled once, then used for every size; the random numbers of a case depend on its number alone.
NUMBERS = """
create or replace temp view numbered as
select g, md5('measured' || g)::uuid id,
  (hashint4extended(g, 1) & 1048575)::int a, (hashint4extended(g, 2) & 1048575)::int b,
  (hashint4extended(g, 3) & 1048575)::int c, (hashint4extended(g, 4) & 1048575)::int d,
  (hashint4extended(g, 5) & 1048575)::int e
from generate_series({first}, {last}) g
"""
CASES = """
insert into cases_case (id, reference, status, risk, urgency, kind, alias, language, region, age_band, sex, owner_id,
  opened_by_id, data_key, opened_at, changed_at, next_due_at, closed_at, closure_reason, times_reopened, counted)
select id, 'C-M' || lpad(g::text, 7, '0'),
  case when is_open then (array['new', 'assessment', 'plan', 'in_service'])[1 + mod(b, 4)] else 'closed' end,
  (array['high', 'medium', 'low', 'unknown'])[1 + mod(c, 4)], 1 + mod(d, 4),
  (array['grooming', 'sextortion', 'threats'])[1 + mod(e, 3)], 'Panoh-' || 1000 + mod(a, 9000),
  (array['uz', 'ru', 'kaa', 'uz-cyrl'])[1 + mod(b, 4)], (%(regions)s::text[])[1 + mod(a, %(many)s)],
  (array['10_12', '13_15', '16_17'])[1 + mod(c, 3)], (array['female', 'male'])[1 + mod(d, 2)],
  case when is_open and mod(e, 50) = 0 then null else (%(people)s::bigint[])[1 + mod(b / 97, 50)] end,
  (%(people)s::bigint[])[1 + mod(d / 97, 50)], gen_random_uuid(), opened, changed,
  case when is_open and mod(c, 10) < 7 then now() + (mod(d, 1920) - 480) * interval '1 hour' end,
  case when not is_open then changed end, case when is_open then '' else 'goals_met' end, 0, not is_open
from (select *, mod(a, 5) = 0 is_open, now() - b * interval '1 minute' opened,
  now() - least(b, e) * interval '1 minute' changed from numbered) made
"""
LINKS = """
insert into cases_link (case_id, kind, reference, by_id, at)
select id, 'talk', 'T-M' || lpad(g::text, 7, '0'), (%(people)s::bigint[])[1 + mod(b / 97, 50)], now() from numbered
"""
INDEX = """
insert into cases_nameindex (token, case_id, weight)
select token, id, weight from numbered join pool on pool.what = 'name' and pool.place = mod(a, %(names)s)
union all select token, id, weight from numbered join pool on pool.what = 'alias' and pool.place = mod(a, 9000)
union all select token, id, weight from numbered join pool on pool.what = 'birth' and pool.place = mod(c, 5000)
union all select token, id, weight from numbered join pool on pool.what = 'school' and pool.place = mod(d, 1400)
union all select hashint8extended(g, 9), id, 9 from numbered
"""


def staff() -> list[User]:
    """Fifty who lead cases: supervisors first, then caseworkers."""
    roles = [Role.SUPERVISOR] * LEADERS + [Role.CASEWORKER] * WORKERS
    return [
        create_person(email=f"leads{place}@demo.panoh", name=f"Measured {place}", roles=[role], password=PASSWORD)
        for place, role in enumerate(roles)
    ]


@lru_cache(maxsize=1)
def pool() -> tuple[str, ...]:
    return tuple(names.full_names(POOL, random.Random(7)))


def fill(first: int, last: int, people: Sequence[User]) -> None:
    """Cases number ``first`` to ``last`` with their look-ups; indexes are taken off and built anew afterwards."""
    codes = [code for code, _name in regions("en")]
    told: dict[str, Any] = {"regions": codes, "many": len(codes), "people": [one.pk for one in people], "names": POOL}
    with connection.cursor() as cursor:
        cursor.execute("set maintenance_work_mem = '512MB'; set work_mem = '64MB'; set synchronous_commit = off")
        _fill_pool(cursor)
        cursor.execute(NUMBERS.format(first=first, last=last))
        with _without_indexes(cursor):
            for statement in (CASES, LINKS, INDEX):
                cursor.execute(statement, told)
        for table in TABLES:
            cursor.execute(f"vacuum analyze {table}")
        cursor.execute("checkpoint")


def _fill_pool(cursor: CursorWrapper) -> None:
    cursor.execute("create temp table if not exists pool (what text, place int, token bigint, weight int)")
    cursor.execute("select exists (select from pool)")
    if cursor.fetchone()[0]:
        return
    with cursor.copy("copy pool (what, place, token, weight) from stdin") as copy:
        for row in _pool_rows():
            copy.write_row(row)
    cursor.execute("create index on pool (what, place)")
    cursor.execute("analyze pool")


def _pool_rows() -> Iterator[tuple[str, int, int, int]]:
    token = lru_cache(maxsize=None)(look_up)
    things = {
        "name": [blind.of_name(name) for name in pool()],
        "alias": [blind.of_alias(f"Panoh-{1000 + number}") for number in range(9000)],
        "birth": [blind.of_birth(_day(number)) for number in range(5000)],
        "school": [blind.of_school(str(1 + number % 100), str(number // 100)) for number in range(1400)],
    }
    for what, keyed in things.items():
        for place, keys in enumerate(keyed):
            yield from ((what, place, token(key), weight) for key, weight in keys.items())


def _day(number: int) -> str:
    return f"{2007 + number % 16}-{1 + number // 16 % 12:02d}-{1 + number // 192 % 27:02d}"


@contextmanager
def _without_indexes(cursor: CursorWrapper) -> Iterator[None]:
    """As a restore does it. What other tables point to stays."""
    cursor.execute(
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = "
        "any(%s::regclass[]) and (contype = 'f' or (contype = 'p' and conrelid = 'cases_nameindex'::regclass))",
        [list(TABLES)],
    )
    constraints = cursor.fetchall()
    for table, name, _definition in constraints:
        cursor.execute(f'alter table {table} drop constraint "{name}"')
    cursor.execute(
        "select indexname, indexdef from pg_indexes where tablename = any(%s) and not exists "
        "(select from pg_constraint where conindid = indexname::regclass)",
        [list(TABLES)],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f'drop index "{name}"')
    yield
    for _name, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in constraints:
        cursor.execute(f'alter table {table} add constraint "{name}" {definition}')


def real_cases(number: int, by: User) -> list[str]:
    """Cases with sealed people and notes, led by ``by``, made by the services; their references."""
    return [_real_case(place, by) for place in range(number)]


def _real_case(place: int, by: User) -> str:
    case: Case = cases.open_case(language="uz", by=by, owner=by, region="UZ-TK", risk="high", kind="sextortion")
    details = {"full_name": pool()[place], "birth_date": _day(place), "phone": f"+998 90 {1_000_000 + place}"}
    cases.add_person(case, role="child", alias="the child", details=details, by=by)
    cases.add_note(case, body="Ota-onasi bilan gaplashdim.", key=None, by=by)
    return case.reference


def searches() -> dict[str, list[str]]:
    """What is typed: the commonest names and the rarest, each in its five spellings."""
    ordered = [*dict.fromkeys(pool())]
    often, seldom = names.given_names()[:10], names.given_names()[-400:]
    common = [name for name in ordered if name.split()[0] in often and name.split()[1] in names.family_names()[:10]]
    rare = [name for name in ordered if name.split()[0] in seldom]
    picked = {"common": common[:12], "rare": rare[:12]}
    return {
        kind: [typed for name in chosen for typed in names.spellings(name, to_script(name, "uz-cyrl")).values()]
        for kind, chosen in picked.items()
    }
