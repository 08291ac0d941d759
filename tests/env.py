"""Loaded by pytest before anything else (``-p tests.env``): the tests' own environment."""

import os

os.environ["PANOH_ENV"] = "test"
