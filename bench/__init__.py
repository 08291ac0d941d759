"""Headline figures, measured, and the endurance run."""
