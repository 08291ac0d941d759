"""What a link of another system can lead to, as the one text that stands in the link. Pure of Django.

``short-course`` a course, ``short-course/passwords`` a module of it, ``short-course/test`` its final test,
``short-course/passwords/test`` the test after a module.
"""

import re
from dataclasses import dataclass

CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
SHAPE = re.compile(rf"^({CODE})(?:/(?!test$|test/)({CODE}))?(/test)?$")


@dataclass(frozen=True)
class Thing:
    """``kind`` "" is reading."""

    course: str
    module: str = ""
    kind: str = ""

    @property
    def text(self) -> str:
        return "/".join(filter(None, (self.course, self.module, "test" if self.kind else "")))

    @property
    def is_scored(self) -> bool:
        """A test is, and so is a whole course, by its final test."""
        return bool(self.kind) or not self.module


def read(text: str) -> Thing | None:
    found = SHAPE.match(text)
    if found is None:
        return None
    course, module, test = found[1], found[2] or "", found[3]
    return Thing(course, module, ("post_test" if module else "final_test") if test else "")
