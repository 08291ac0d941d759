"""Opening what is sealed in a case: one place, so that erased words read as nothing everywhere."""

from panoh.ground.vault import public as vault

from ..blind import as_number
from ..models import Case, SealedRow


def words(case: Case, row: SealedRow, field: str) -> str:
    """The words in one column of a row; "" where nothing stands or the key is gone."""
    return opened(case, getattr(row, field), row.where(field))


def opened(case: Case, sealed: bytes | memoryview | None, where: str) -> str:
    if not sealed:
        return ""
    try:
        return vault.unseal(case.data_key, bytes(sealed), where=where)
    except vault.ErasedError:
        return ""


def where_purpose(case: Case) -> str:
    """What every reason that goes with an entry of the audit is bound to."""
    return f"cases.purpose:{case.pk}"


def look_up(key: str) -> int:
    """The number under which something a child can be found by stands in the index."""
    return as_number(vault.lookup(key, purpose="cases.name"))
