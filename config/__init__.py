"""Fixed points of the project: settings, the site map, the two entry points."""
