"""Places: the regions of this country, their districts and cities."""

from .queries import (
    district_choices,
    district_name,
    district_region,
    district_spellings,
    districts,
    districts_checked_on,
    region_name,
    region_names,
    regions,
)

__all__ = [
    "district_choices",
    "district_name",
    "district_region",
    "district_spellings",
    "districts",
    "districts_checked_on",
    "region_name",
    "region_names",
    "regions",
]
