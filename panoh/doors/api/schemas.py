"""What travels through the partner's door, and so what the OpenAPI document says."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict, StringConstraints

LONGEST = 20_000
KEPT_SIGNS = "\n\t"

Status = Literal[
    "sent",
    "acknowledged",
    "returned_for_info",
    "accepted",
    "in_service",
    "declined",
    "completed",
    "expired",
    "revoked",
]


def whole_letters(text: str) -> str:
    """Control signs are left out: no screen and no printer agrees about them."""
    return "".join(sign for sign in text if sign in KEPT_SIGNS or sign.isprintable()).strip()


Words = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(whole_letters)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,30}$")]


class Strict(Schema):
    """A misspelt field is said, not overlooked."""

    model_config = ConfigDict(extra="forbid")


class DeclineIn(Strict):
    code: Code = Field(..., description="Why: one of `decline` of `/codes`.")
    words: Words = Field("", description="What we should know. The child does not read it.")


class AskIn(Strict):
    text: Words = Field(..., min_length=1, description="Your question. No names that the packet does not give.")


class CompleteIn(Strict):
    code: Code = Field(..., description="What came of it: one of `outcome` of `/codes`.")
    words: Words = Field("", description="For our caseworker, who tells the child in words it understands.")


class LineOut(Schema):
    direction: Literal["in", "out"] = Field(..., description="`in`: you asked; `out`: we answered.")
    text: str
    at: datetime


class ReferralOut(Schema):
    """A referral by its codes and moments; what it says about the child is in the packet."""

    reference: str = Field(..., description="Write it on everything that belongs to this referral.")
    status: Status
    urgency: int = Field(..., ge=1, le=4, description="1 immediate danger, 2 serious, 3 soon, 4 advice.")
    service: str = Field(..., description="One of `service` of `/codes`; empty when you yourself are asked.")
    language: str = Field(..., description="The language the child speaks with us.")
    sent_at: datetime
    due_at: datetime | None = Field(..., description="Until when the next step is expected.")
    acknowledged_at: datetime | None
    answered_at: datetime | None = Field(..., description="When you accepted or declined.")
    completed_at: datetime | None
    ended_at: datetime | None
    answer_code: str = Field(..., description="Why you declined, or why it was taken back.")
    outcome_code: str


class ReferralDetailOut(ReferralOut):
    exchange: list[LineOut] = Field(..., description="Your questions and our answers, the first on top.")


class PageOut(Schema):
    items: list[ReferralOut]
    next: str | None = Field(..., description="Give it as `after` for the next page; null on the last.")


class CodesOut(Schema):
    decline: list[str]
    outcome: list[str]
    service: list[str]


class PacketOut(Schema):
    """The frozen packet. Its own JSON Schema, `urn:panoh:packet:1`, says more; this is its outline."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: str = Field(..., alias="schema")
    reference: str
    version: int
    made_at: str
    from_: dict[str, Any] = Field(..., alias="from")
    to: dict[str, Any]
    source: dict[str, Any]
    service: str = ""
    urgency: int
    language: str
    reason: str
    consent: dict[str, Any]
    sections: list[dict[str, Any]]
    salt: str


class FaultOut(Schema):
    field: str
    problem: str


class ProblemOut(Schema):
    """RFC 9457. Act on `type`; `title` and `detail` are sentences in the language of `Accept-Language`."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[FaultOut] = Field(default_factory=list)
