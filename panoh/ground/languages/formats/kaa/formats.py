"""How dates and numbers are written in Karakalpak: 2026-jıl 5-sentyabr, 14:30; 1 234,5."""

DATE_FORMAT = r"Y-\j\ı\l j-E"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"Y-\j\ı\l j-E, H:i"
YEAR_MONTH_FORMAT = r"Y-\j\ı\l F"
MONTH_DAY_FORMAT = "j-E"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
