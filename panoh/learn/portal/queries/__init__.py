"""What the portal's pages read."""

from .alternates import LISTS, PAGES, Standing, languages_for, languages_with, moved_to, standing
from .board import Board, board, translation_source
from .contacts import contacts
from .feedback import PERIODS, helped_least, titles
from .packs import Shelf, pages_of, shelf_for, shelves
from .recordings import Recording, recordings_of
from .sheets import (
    Answer,
    Answered,
    Listed,
    address_of,
    answers,
    audiences_here,
    edition,
    edition_at,
    first_help,
    hub,
    languages_of,
    listed,
    questions,
    related,
    search_row,
    search_rows,
    sheet_for,
    thing_of,
)
from .streetmap import Place, places
from .voices import Words, place_of_words, words_of
from .writings import findings_of, is_name_taken, known_pages, said, thing_of_writing, writing_for

__all__ = [
    "LISTS",
    "PAGES",
    "PERIODS",
    "Answer",
    "Answered",
    "Board",
    "Listed",
    "Place",
    "Recording",
    "Shelf",
    "Standing",
    "Words",
    "address_of",
    "answers",
    "audiences_here",
    "board",
    "contacts",
    "edition",
    "edition_at",
    "findings_of",
    "first_help",
    "helped_least",
    "hub",
    "is_name_taken",
    "known_pages",
    "languages_for",
    "languages_of",
    "languages_with",
    "listed",
    "moved_to",
    "pages_of",
    "place_of_words",
    "places",
    "questions",
    "recordings_of",
    "related",
    "said",
    "search_row",
    "search_rows",
    "sheet_for",
    "shelf_for",
    "shelves",
    "standing",
    "thing_of",
    "thing_of_writing",
    "titles",
    "translation_source",
    "words_of",
    "writing_for",
]
