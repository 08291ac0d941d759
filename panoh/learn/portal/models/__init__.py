"""What the portal keeps."""

from .sheets import Kind, Sheet

__all__ = ["Kind", "Sheet"]
