"""Words that several pages and the paper share."""

from django.utils.translation import gettext_lazy as _

MENU = _("Certificates")
STATES = {
    "making": _("being signed"),
    "valid": _("valid"),
    "expired": _("expired"),
    "superseded": _("superseded by a newer one"),
    "revoked": _("revoked"),
    "withdrawn": _("withdrawn by its holder"),
    "unknown": _("not known"),
}
# Why a certificate is revoked: codes only, so that the public page says no more than this.
REASONS = {
    "issued_in_error": _("it was issued in error"),
    "conditions_not_met": _("the conditions were not met"),
    "misuse": _("it was misused"),
    "agreement_broken": _("the trainer's agreement was broken"),
    "roster_undone": _("the list it came with was taken back"),
}
REISSUE_REASONS = {"name_changed": _("the name has changed"), "name_misspelt": _("the name was misspelt")}
# Why a row of a list is not simply issued.
ROW_FAULTS = {
    "empty": _("There is no name."),
    "too_long": _("The name is longer than 64 letters."),
    "no_glyph": _("The name has a letter that our fonts cannot print."),
    "not_name": _("This is no name: a date, a number or an address stands in the column of names."),
    "formula": _("A formula stands here, and no name was saved with it."),
    "twice": _("The same number stands in an earlier row."),
    "same_name": _("The same name stands in an earlier row. Is it another person?"),
    "like_row": _("An earlier row sounds the same, in another spelling or script. Is it another person?"),
    "like_held": _("Somebody whose name sounds the same has this certificate. Is it another person?"),
    "mixed": _("Latin and Cyrillic letters are mixed within a word."),
    "script": _("The name stands in the other script's column."),
    "derived": _("The Latin spelling is derived from the Cyrillic one: compare it with the passport."),
    "one_word": _("Only one word: is the family name missing?"),
    "name": _("The name is missing, too long, or cannot be printed."),
}
ROSTER_FAULTS = {
    "no_table": _("This is no list that we can read: it needs a line of column names and a row for each person."),
    "no_names": _("No column is called “name” (Latin letters) or “cyrillic”. Name the columns in the first line."),
    "too_many": _("There are more than 2,000 rows. Send the list in parts."),
    "too_big": _("The file unpacks to more than 60 MB. Copy the list into a new file and send that one."),
    "old_excel": _("This is a file of an old Excel (.xls). Save it as .xlsx or as CSV."),
}
ROSTER_NOTES = {
    "merged": _("The file has merged cells: of those only the first has the text. Look for rows without a name."),
    "formulas": _("The file has formulas: the values that were saved with them were taken."),
    "blank_end": _("After 300 blank rows the reading stopped. If names stand further down, move them up."),
}
VERBS = {
    "issued": _("Issued"),
    "reissued": _("Issued anew in place of an earlier one"),
    "signed": _("Signed"),
    "signed_again": _("Signed again with a new key"),
    "superseded": _("Superseded by a newer one"),
    "revoked": _("Revoked"),
    "withdrawn": _("Withdrawn by its holder"),
}
LAYOUTS = {"frame": _("Lying sheet with a frame"), "sheet": _("Standing sheet with two bands")}
ACCENTS = {"dome": _("Turquoise"), "night": _("Indigo"), "pomegranate": _("Pomegranate"), "mint": _("Green")}
STOCK = {
    "plain": _("For a course or a training"),
    "sheet": _("For a course or a training, standing"),
    "trainer": _("For the status of a trainer"),
    "event": _("For an event"),
}
