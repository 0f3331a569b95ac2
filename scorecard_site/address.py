"""Where the site is reached: read once, strictly, so that every link and every form agrees with it.

Browsers compare scheme, host and port, and nothing else of an address; what they send is in small
letters, without the usual port, and of an international name its ASCII form. So is what we keep.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = "CANTING_SITE_URL"
HOSTS_NAME = "CANTING_ALLOWED_HOSTS"
EXAMPLE = "https://canting.example"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
USUAL_PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*|\[[0-9a-f:.]+\]")


@dataclass(frozen=True)
class SiteAddress:
    """``url`` is scheme, host and port, as a browser writes them in Origin; no slash at its end."""

    url: str
    host: str

    @property
    def is_https(self) -> bool:
        return self.url.startswith("https://")


def read_site_address(text: str, *, debug: bool) -> SiteAddress:
    """Raises ImproperlyConfigured, with what to write instead."""
    text = text.strip()
    # An address may hold a password, so it isn't looked into or repeated before this.
    if "@" in text:
        raise _refused(NAME, "has a user or password in front of the host. Leave them out")
    parts, port = _parted(text)
    _check_rest(text, parts)
    host = _ascii_host(NAME, parts.hostname or "", text)
    usual = port is None or port == USUAL_PORTS[parts.scheme]
    address = SiteAddress(f"{parts.scheme}://{host}" + ("" if usual else f":{port}"), host)
    if not address.is_https and not debug and host not in LOOPBACK:
        raise _refused(NAME, f"is {text!r}: a site for others needs an https:// address")
    return address


def read_hosts(text: str) -> list[str]:
    """Names parted by spaces. A dot in front stands for all subdomains, as Django reads it."""
    hosts = []
    for name in text.split():
        if name == "*":
            raise _refused(HOSTS_NAME, "is '*', which takes any host for this site. Name them")
        if any(sign in name for sign in ":/,@") and not name.startswith("["):
            raise _refused(
                HOSTS_NAME, f"has {name!r}. Write host names alone, parted by spaces", "a.id b.id"
            )
        dot = "." if name.startswith(".") else ""
        hosts.append(dot + _ascii_host(HOSTS_NAME, name.removeprefix("."), name))
    return hosts


def _parted(text: str) -> tuple[SplitResult, int | None]:
    # urlsplit would leave some of these out without a word.
    if any(sign.isspace() or not sign.isprintable() or sign == "\\" for sign in text):
        raise _refused(NAME, f"is {text!r}: an address has no spaces or backslashes")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _refused(NAME, f"is {text!r}, which is no address ({error})") from error
    if parts.scheme not in USUAL_PORTS or not text.lower().startswith(f"{parts.scheme}://"):
        raise _refused(NAME, f"is {text!r}: it must begin with https://")
    if port == 0:
        raise _refused(NAME, f"is {text!r}: no site has port 0")
    return parts, port


def _check_rest(text: str, parts: SplitResult) -> None:
    if "?" in text or "#" in text:
        raise _refused(NAME, f"is {text!r}: leave out what stands from ? or # on")
    if parts.path.strip("/"):
        raise _refused(
            NAME,
            f"is {text!r}, but the site can't stand below a path: its own links begin at the "
            "root of the host. Give it a host name of its own, let the proxy pass on everything "
            "of that host, and leave the path out",
        )


def _ascii_host(name: str, host: str, text: str) -> str:
    host = f"[{host}]" if ":" in host and not host.startswith("[") else host.rstrip(".").lower()
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _refused(
            name, f"has {text!r}, whose host has no ASCII form. Write it as xn--…"
        ) from error
    if not HOST.fullmatch(host):
        raise _refused(name, f"has {text!r}, whose host is none: it needs one host, in full")
    return host


def _refused(name: str, why: str, example: str = EXAMPLE) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {why}. Write it like {example}.")


def hosts_of(address: SiteAddress, more: Sequence[str]) -> list[str]:
    """What the Host header may name. On plain http the site is on this very machine."""
    hosts = [*more] or [address.host]
    return hosts if address.is_https else [*hosts, *LOOPBACK]
