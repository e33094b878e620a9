"""Guessing passwords is made slow: after some failures a login, or an address, waits."""

from hashlib import sha256

from django.core.cache import cache

MOST_FAILURES = {"login": 5, "address": 30}
WAIT_SECONDS = 300


def must_wait(login: str, address: str) -> bool:
    return any(cache.get(key, 0) >= MOST_FAILURES[kind] for kind, key in _keys(login, address).items())


def failed(login: str, address: str) -> None:
    for key in _keys(login, address).values():
        try:
            cache.incr(key)
        except ValueError:  # the first failure, or the first after the wait ran out
            cache.set(key, 1, WAIT_SECONDS)


def succeeded(login: str, address: str) -> None:
    cache.delete(_keys(login, address)["login"])


def _keys(login: str, address: str) -> dict[str, str]:
    """Hashed, since what is typed as a login may be anything, a password included."""
    return {
        "login": "sign-in-login-" + sha256(login.encode()).hexdigest(),
        "address": "sign-in-address-" + sha256(address.encode()).hexdigest(),
    }
