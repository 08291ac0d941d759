"""Places: the regions of this country."""

from .queries import region_name, regions

__all__ = ["region_name", "regions"]
