"""What is on an open case is not forgotten: the case puts a hold on it, and its end lifts them all."""

from panoh.ground.vault import public as vault

from ..models import Case, Link


def keep_link(case: Case, link: Link) -> None:
    """Hold what was tied to an open case, under its own name and under that of its conversation. In the transaction."""
    names = {link.reference, link.conversation.reference if link.conversation else link.reference}
    for name in sorted(names):
        vault.hold(name, kind="case", holder=case.reference, by=link.by.code)


def keep_links(case: Case) -> None:
    """Hold all that is tied to a case, when it takes over another's links or goes on after its end."""
    for link in case.links.select_related("conversation", "by"):
        keep_link(case, link)


def let_links_go(case: Case) -> None:
    """The case has ended: what it held is forgotten when its own days are over."""
    vault.lift_holds_of(case.reference, by="system")
