"""Organisations that help, what they offer and who speaks for them; the numbers people may call."""

from .number import NumberToCall, Reader
from .organisation import Kind, Organisation, Route, Service
from .people import FocalPoint, Membership
from .systems import ApiAnswer, ApiClient, ApiNonce
from .texts import Texts, in_language

__all__ = [
    "ApiAnswer",
    "ApiClient",
    "ApiNonce",
    "FocalPoint",
    "Kind",
    "Membership",
    "NumberToCall",
    "Organisation",
    "Reader",
    "Route",
    "Service",
    "Texts",
    "in_language",
]
