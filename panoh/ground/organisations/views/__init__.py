"""Desk pages of the directory and of the numbers to call."""
