"""Which addresses of the net a webhook may go to: none that only this machine or its own network can reach."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

PORTS = {"https": 443, "http": 80}


def read_url(url: str) -> SplitResult | None:
    """The parts of a plain web address; nothing for one with a name and password in it, a fragment or no host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    plain = parts.scheme in PORTS and parts.hostname and port != 0 and "@" not in parts.netloc and not parts.fragment
    clean = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    return parts if plain and clean else None


def port_of(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def is_public(address: str) -> bool:
    """True for an address anybody in the world can reach. IPv4 inside IPv6 (mapped, 6to4, NAT64) is looked at too."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found.packed[:12] == bytes.fromhex("0064ff9b0000000000000000"):
            return is_public(str(ip_address(found.packed[12:])))
    return found.is_global and not found.is_multicast and not found.is_reserved
