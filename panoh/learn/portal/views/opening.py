"""How a page of the portal is opened; what it says stands in ``ui/opening.py``."""

from panoh.ground.ui.opening import KEPT_SECONDS as KEPT_SECONDS
from panoh.ground.ui.opening import hushed as hushed
from panoh.ground.ui.opening import language as language
from panoh.ground.ui.opening import let_play as let_play
from panoh.ground.ui.opening import open_page as open_page
