"""Forms of the directory and of the numbers to call."""
