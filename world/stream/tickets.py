"""Tickets: how programs that hold a token get into the stream of a town that is not public.

A token must not stand in an address, where logs would keep it. A ticket may: it lets one
connection in, within half a minute, and is worth nothing after.
"""

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

VALID_SECONDS = 30


def issue(user: AbstractBaseUser | AnonymousUser) -> str:
    """A ticket for a user."""
    ticket = secrets.token_urlsafe(24)
    cache.set(_key(ticket), user.pk, timeout=VALID_SECONDS)
    return ticket


def redeem(ticket: str) -> bool:
    """Whether a ticket lets somebody in, which it does once."""
    user_id = cache.get(_key(ticket))
    # Of two who come with the same ticket, one deletes it.
    if user_id is None or not cache.delete(_key(ticket)):
        return False
    return get_user_model().objects.filter(pk=user_id, is_active=True).exists()


def _key(ticket: str) -> str:
    return f"stream-ticket:{ticket}"
