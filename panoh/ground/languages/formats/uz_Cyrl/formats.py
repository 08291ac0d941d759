"""Uzbek in Cyrillic writes the word for year in its own letters; the rest is taken from Uzbek."""

DATE_FORMAT = "Y-йил j-E"
DATETIME_FORMAT = "Y-йил j-E, H:i"
YEAR_MONTH_FORMAT = "Y-йил F"
