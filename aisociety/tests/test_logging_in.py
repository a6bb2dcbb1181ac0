"""Logging in: passwords are kept as Argon2 has it, and cannot be tried without end."""

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client

LOGIN = "/admin/login/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def operator() -> None:
    get_user_model().objects.create_superuser("operator", password="sesame-and-lilies")


def attempt(client: Client, password: str) -> HttpResponse:
    answer: HttpResponse = client.post(  # type: ignore[assignment]
        f"{LOGIN}?next=/admin/", {"username": "operator", "password": password}
    )
    return answer


def test_a_password_is_kept_as_argon2() -> None:
    assert get_user_model().objects.get().password.startswith("argon2$argon2id$")


def test_the_right_password_lets_in(client: Client) -> None:
    assert attempt(client, "sesame-and-lilies").status_code == 302


def test_whoever_fails_too_often_waits_whatever_the_password(client: Client) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert attempt(client, "wrong").status_code == 200
    told = attempt(client, "wrong")
    assert told.status_code == 429
    assert "一刻钟" in told.content.decode()
    assert attempt(client, "sesame-and-lilies").status_code == 429
    AccessAttempt.objects.update(attempt_time=settings.AXES_COOLOFF_TIME and "2026-01-01T00:00Z")
    assert attempt(client, "sesame-and-lilies").status_code == 302


def test_success_forgets_earlier_failures(client: Client) -> None:
    for _ in range(3):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            assert attempt(client, "wrong").status_code == 200
        assert attempt(client, "sesame-and-lilies").status_code == 302
        client.logout()


def test_new_passwords_are_not_too_easy(client: Client) -> None:
    client.force_login(get_user_model().objects.get())
    told = client.post(
        "/admin/password_change/",
        {
            "old_password": "sesame-and-lilies",
            "new_password1": "12345678",
            "new_password2": "12345678",
        },
    )
    assert told.status_code == 200
    assert get_user_model().objects.get().check_password("sesame-and-lilies")
