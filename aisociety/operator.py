"""The first operator, for whoever has just founded a town."""

import secrets

from django.contrib.auth import get_user_model

NAME = "operator"


def ensure_operator() -> str | None:
    """Make an operator with a fresh password, which is returned; None if there is one already."""
    users = get_user_model().objects
    if users.filter(is_staff=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser(NAME, password=password)
    return password
