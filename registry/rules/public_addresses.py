"""Whether an address of a computer lies in the public internet, whatever notation hides it: nothing inside a school is called from here."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))
"""Where an IPv4 address stands in the last 32 bits of an IPv6 one (RFC 6052 and 8215, and long ago RFC 4291)."""

OF_A_SITE = ipaddress.IPv6Network("fec0::/10")
"""What was meant for the inside of a building once (RFC 3879); Python takes it for public."""


def is_public(text: str) -> bool:
    """Whether this is the address of a computer out there, and so are all addresses that stand within it."""
    address = _read(text)
    return address is not None and all(_is_out_there(each) for each in _with_those_within(address))


def is_this_computer(text: str) -> bool:
    """Whether this is the loopback address."""
    address = _read(text)
    return address is not None and _with_those_within(address)[0].is_loopback


def _is_out_there(address: Address) -> bool:
    return address.is_global and not address.is_multicast and address not in OF_A_SITE


def _read(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _with_those_within(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:  # the same computer in another spelling
        return [address.ipv4_mapped]
    found: list[Address] = [address]
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found += address.teredo
    if any(address in network for network in TRANSLATED):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found
