"""Addresses of databases, in Django's words."""

from aisociety.databases import database_of


def test_one_host() -> None:
    assert database_of("postgres://town:a%40b@db.example:5433/society") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "society",
        "USER": "town",
        "PASSWORD": "a@b",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {},
    }


def test_of_several_hosts_the_one_that_takes_writes() -> None:
    told = database_of("postgres://town:pw@one,two:5433/society?sslmode=require")
    assert (told["HOST"], told["PORT"]) == ("one,two", ",5433")
    assert told["OPTIONS"] == {"sslmode": "require", "target_session_attrs": "read-write"}


def test_whoever_wants_another_says_so() -> None:
    told = database_of("postgres://one,two/society?target_session_attrs=any")
    assert told["OPTIONS"]["target_session_attrs"] == "any"
