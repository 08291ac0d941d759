"""Panoh: the national safe-internet centre, in a box."""
