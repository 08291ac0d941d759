"""What an album takes, and what keeps a photo back. Pure."""

import re

MOST_BYTES = 12 * 1024 * 1024
MOST_PHOTOS = 60
COVERS = ("website", "print", "social")
NEEDED = ("uz", "ru", "en")  # languages in which a photo is described; scripts are made from them
PAPER = re.compile(r"[A-Z0-9][A-Z0-9/-]{0,19}")  # the number of a paper in its folder: no name fits in it
TOKEN = re.compile(r"[0-9a-f]{32}")
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
