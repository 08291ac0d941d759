"""Pages: ``street`` and ``returning`` face people, the others the desk."""
