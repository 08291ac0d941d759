"""Reads for the desk, for the street and for the worker."""
