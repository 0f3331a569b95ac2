"""How often something may be tried, counted in the cache that all server processes share.

Every try takes one of a fixed number of slots and leaves it only when its time is over. Adding a
cache key is atomic where incrementing a number is not, so tries at the same instant can't pass
each other.
"""

from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache
from django.http import HttpRequest

HOUR = 60 * 60
DAY = 24 * HOUR


@dataclass(frozen=True)
class Throttle:
    """At most ``limit`` tries in ``seconds``, for each subject by itself."""

    name: str
    limit: int
    seconds: int

    def take(self, *subject: str) -> str | None:
        """Count one try. Returns its slot, or None when there were too many."""
        slots = self._slots(subject)
        taken = cache.get_many(slots)
        free = (slot for slot in slots if slot not in taken)
        return next((slot for slot in free if cache.add(slot, 1, self.seconds)), None)

    def give_back(self, slot: str) -> None:
        """Don't count this try after all: it was a right one."""
        cache.delete(slot)

    def _slots(self, subject: tuple[str, ...]) -> list[str]:
        # Addresses don't belong in the cache as they are.
        key = sha256("\0".join(subject).encode()).hexdigest()
        return [f"throttle:{self.name}:{key}:{number}" for number in range(self.limit)]


def origin(request: HttpRequest) -> str:
    """Where a try comes from: an address, or with IPv6 the network that one visitor is given.

    Who has an IPv6 network picks another address for every try.
    """
    address = request.META["REMOTE_ADDR"]
    try:
        parsed = ip_address(address)
    except ValueError:
        return address  # behind a unix socket there is none
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))


# Whoever guesses locks out only the address that they guess from; the account's owner signs in
# from anywhere else.
SIGN_IN_TO_ACCOUNT = Throttle("sign-in-to-account", limit=20, seconds=DAY)
SIGN_IN_FROM_ADDRESS = Throttle("sign-in-from-address", limit=20, seconds=HOUR)
SIGN_UP = Throttle("sign-up", limit=20, seconds=HOUR)
PASSWORD_RESET = Throttle("password-reset", limit=20, seconds=HOUR)
ACCEPT_INVITATION = Throttle("accept-invitation", limit=20, seconds=HOUR)
