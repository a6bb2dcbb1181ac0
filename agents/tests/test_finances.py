"""The doors of money: what residents earn, spend and owe, the businesses, and days as series."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Q, Sum
from django.test import Client

from agents.models import Livelihood
from agents.selectors import residents
from agents.tests.conftest import Ask
from economy.models import Account, Business, DayFigures, Loan, Transfer
from economy.money import YUAN, Category
from tests.laws.livelihoods import eventful, let_people_be_close
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.models import Event, World
from world.registry import event_kinds
from world.rest.spreadsheet import BOM
from world.scenario import Scenario

Found = Callable[..., World]

pytestmark = pytest.mark.usefixtures("nobody_has_asked_before")


@pytest.fixture(scope="module")
def lived(found_shared: Found, hamlet: Scenario) -> int:
    world = found_shared(scenario=eventful(hamlet))
    let_people_be_close(world)
    advance(world_id=world.pk, until=3 * DAY + HOUR)
    return world.pk


@pytest.fixture
def town(lived: int, db: None) -> World:
    """A hamlet that has had three eventful days."""
    return World.objects.get(pk=lived)


@pytest.fixture
def read(town: World, ask: Ask) -> Callable[..., Any]:
    """What a door of this town gives, in English unless told otherwise."""

    def read_door(path: str, *, status: int = 200, language: str = "en") -> Any:
        sign = "&" if "?" in path else "?"
        told, answer = ask(f"/api/{path}{sign}world={town.slug}", language=language)
        assert told == status, answer
        return answer["data"] if status == 200 else answer["error"]

    return read_door


def busiest(town: World) -> int:
    """Whose account moved most often."""
    counts = {
        number: Transfer.objects.filter(Q(payer=number) | Q(payee=number), world=town).count()
        for number in residents(town).values_list("number", flat=True)
    }
    return max(counts, key=lambda number: counts[number])


def all_of(read: Callable[..., Any], path: str, what: str) -> list[dict[str, Any]]:
    """Every page of a list."""
    sign = "&" if "?" in path else "?"
    first = read(f"{path}{sign}limit=20")
    pages = [read(f"{path}{sign}limit=20&page={n + 2}") for n in range((first["total"] - 1) // 20)]
    return [line for page in (first, *pages) for line in page[what]]


def test_transactions_add_up_to_the_balance_entry_by_entry(
    town: World, read: Callable[..., Any]
) -> None:
    number = busiest(town)
    lines = all_of(read, f"agents/{number}/transactions", "transactions")
    assert [line["seq"] for line in lines] == sorted((line["seq"] for line in lines), reverse=True)
    assert len(lines) > 40, "several pages"
    owned = 0.0
    for line in reversed(lines):
        owned += line["amount"]
        assert line["balance"] == pytest.approx(owned, abs=0.001)
        assert line["counterparty"]["id"] != number
        transfer = Transfer.objects.get(world=town, seq=line["seq"])
        assert abs(line["amount"]) == transfer.amount / YUAN
        assert (line["amount"] < 0) == (transfer.payer == number)
    balance = Account.objects.get(actor__world=town, actor__number=number).balance / YUAN
    assert owned == pytest.approx(balance, abs=0.001)
    assert read(f"agents/{number}")["state"]["economy"]["balance"] == balance


def test_transactions_can_be_narrowed_and_still_know_the_balance(
    town: World, read: Callable[..., Any]
) -> None:
    number = busiest(town)
    path = f"agents/{number}/transactions"
    everything = {line["seq"]: line for line in all_of(read, path, "transactions")}
    for query, belongs in (
        ("category=rent", lambda line: line["category"] == "rent"),
        ("direction=in", lambda line: line["amount"] > 0),
        ("direction=out", lambda line: line["amount"] < 0),
        (
            "day=2026-03-03",
            lambda line: "2026-03-03T00:00:00" < line["time"] <= "2026-03-04T00:00:00",
        ),
        (
            "direction=in&category=wage",
            lambda line: line["amount"] > 0 and line["category"] == "wage",
        ),
    ):
        some = all_of(read, f"{path}?{query}", "transactions")
        assert some == [line for line in everything.values() if belongs(line)]
        assert some or "wage" in query
    for wrong in ("category=luck", "direction=up", "day=soon"):
        assert read(f"{path}?{wrong}", status=400)["code"] == "INVALID_PARAMETER"
    assert read("agents/999/transactions", status=404)["code"] == "AGENT_NOT_FOUND"


WHOSE = {
    "wage": {"activity_start"},
    "purchase": {"activity_start"},
    "treat": {"treat"},
    "severance": {"work_lost"},
    "loan": {"loan"},
    "repayment": {"loan_over"},
    "capital": {"business_opened"},
    "write_off": {"business_closed"},
    "bonus": {"chance"},
    "medical": {"chance"},
    "repair": {"chance"},
    "rent": {"day_settled"},
    "tax": {"day_settled"},
    "food": {"day_settled"},
}


def test_every_transaction_leads_to_what_it_comes_from(
    town: World, read: Callable[..., Any]
) -> None:
    seen: set[str] = set()
    for number in residents(town).values_list("number", flat=True):
        for line in read(f"agents/{number}/transactions?limit=100")["transactions"]:
            cause, category = line["cause"], line["category"]
            if category not in WHOSE:
                continue
            seen.add(category)
            event = Event.objects.get(world=town, seq=cause["event"])
            assert event_kinds[event.kind].name in WHOSE[category], line
            if category in ("wage", "purchase"):
                assert cause["at"] <= line["time"]
                assert event.actor == number
                assert line["activity"]
            if cause["kind"] == "settlement":
                # A day is settled at the midnight after it.
                assert cause["day"] < line["time"][:10]
            if cause["kind"] == "loan":
                assert Loan.objects.filter(world=town, number=cause["loan"]).exists()
    assert seen >= {"wage", "purchase", "rent", "treat", "loan", "repayment", "severance", "tax"}


def test_words_of_transactions_are_in_the_language_of_the_reader(
    town: World, read: Callable[..., Any]
) -> None:
    path = f"agents/{busiest(town)}/transactions?category=rent&limit=1"
    (english,), (chinese,) = (
        read(path, language=language)["transactions"] for language in ("en", "zh-CN")
    )
    assert (english["category_name"], chinese["category_name"]) == ("rent", "房租")
    assert english["counterparty"] == {**chinese["counterparty"], "name": "Sunshine Estates"}


def test_loans_are_told_from_both_sides(town: World, read: Callable[..., Any]) -> None:
    loans = {loan.number: loan for loan in Loan.objects.filter(world=town)}
    assert {loan.state for loan in loans.values()} >= {Loan.State.PAID}
    found = set()
    for number in residents(town).values_list("number", flat=True):
        for role in ("lender", "borrower"):
            for line in all_of(read, f"agents/{number}/loans?role={role}", "loans"):
                loan = loans[line["id"]]
                assert line[role]["id"] == number == getattr(loan, role)
                assert (line["amount"], line["owed"]) == (loan.amount / YUAN, loan.owed / YUAN)
                assert line["state"] == Loan.State(loan.state).name.lower()
                found.add((loan.number, role))
    here = set(residents(town).values_list("number", flat=True))
    assert found == {
        (loan.number, role)
        for loan in loans.values()
        for role in ("lender", "borrower")
        if getattr(loan, role) in here
    }
    paid = read(f"agents/{loans[1].lender}/loans?state=paid")["loans"]
    assert {line["state"] for line in paid} <= {"paid"}
    wrong = read(f"agents/{loans[1].lender}/loans?state=lost", status=400)
    assert wrong["code"] == "INVALID_PARAMETER"


def test_businesses_tell_how_they_do(town: World, read: Callable[..., Any]) -> None:
    owner = residents(town)[0].number
    Business.objects.filter(actor__world=town, closed_at=0, place__gt=0, owner=0).update(
        owner=owner
    )
    lines = all_of(read, "businesses", "businesses")
    rows = {
        row.actor.number: row for row in Business.objects.filter(actor__world=town, place__gt=0)
    }
    assert [line["id"] for line in lines] == sorted(rows)
    for line in lines:
        row = rows[line["id"]]
        assert line["location"]["id"] == row.place
        assert line["trading"] == (row.closed_at == 0) == (line["closed_at"] is None)
        assert line["price_level"] == row.price / 1000
        assert (line["owner"] or {"id": 0})["id"] == row.owner
        assert 0 <= line["staff"] <= line["posts"]
    owned = next(line for line in lines if line["owner"])
    mine = read(f"businesses?owner={owned['owner']['id']}")["businesses"]
    assert owned in mine
    for trading in ("true", "false"):
        some = read(f"businesses?trading={trading}&limit=100")["businesses"]
        assert some == [line for line in lines if line["trading"] == (trading == "true")]
    detail = read(f"businesses/{owned['id']}")
    assert {key: detail[key] for key in owned} == owned
    assert len(detail["employees"]) == owned["staff"]
    lately = {each["category"]: each for each in detail["lately"]}
    moved = Transfer.objects.filter(world=town, payer=owned["id"], category=Category.PREMISES)
    assert lately["premises"]["expense"] == moved.aggregate(all=Sum("amount"))["all"] / YUAN
    assert lately["premises"]["income"] == 0
    for unknown in ("0", "99999", "cafe"):
        assert read(f"businesses/{unknown}", status=404)["code"] == "NOT_FOUND"


def test_a_profile_tells_how_somebody_stands_at_work(town: World, read: Callable[..., Any]) -> None:
    for live in Livelihood.objects.filter(actor__world=town, left_at=0).select_related("actor"):
        detail = read(f"agents/{live.actor.number}")
        work, unpaid = detail["state"]["work"], ("student", "unemployed", "retired", "artist")
        judged = None if detail["occupation"] in unpaid else live.performance / 1000
        assert work["performance"] == judged
        assert (work["warnings"], work["artworks"]) == (live.warnings, live.works)
        assert (work["hired_at"] is None) == (live.hired_at == 0)


def test_income_of_today_is_that_of_the_account_and_no_loan(
    town: World, read: Callable[..., Any]
) -> None:
    """What is borrowed is no income, and what a friend gets lent is not spent."""
    number = busiest(town)
    Account.objects.filter(actor__world=town, actor__number=number).update(income=1234, expense=56)
    told = read(f"agents/{number}")["state"]["economy"]
    assert (told["income_today"], told["expense_today"]) == (12.34, 0.56)


def test_the_economy_as_of_now_and_of_the_last_day(town: World, read: Callable[..., Any]) -> None:
    told = read("stats/society")["economy"]
    people = list(residents(town))
    balances = sorted(max(person.account.balance, 0) for person in people)
    wealth = sum(person.account.balance for person in people)
    assert told["wealth_total"] == wealth / YUAN
    assert told["wealth_mean"] == pytest.approx(wealth / YUAN / len(people))
    apart = sum(abs(one - other) for one in balances for other in balances)
    assert told["gini"] == pytest.approx(apart / (2 * len(balances) * sum(balances)), abs=0.0006)
    assert sum(told["by_class"].values()) == len(people)
    assert told["seekers"] == sum(
        read(f"agents/{person.number}")["occupation"] == "unemployed" for person in people
    )
    assert told["unemployment"] == round(told["seekers"] / (told["seekers"] + told["employed"]), 3)
    lines = all_of(read, "businesses", "businesses")
    assert told["businesses"] == sum(line["trading"] for line in lines)
    assert told["closed_businesses"] == sum(not line["trading"] for line in lines)
    last = DayFigures.objects.filter(world=town).latest("midnight")
    assert told["last_day"]["day"] == "2026-03-04"
    assert told["last_day"]["income"] == last.income / YUAN
    assert told["last_day"]["velocity"] == last.velocity / 1000
    landlord = Business.objects.get(actor__world=town, actor__kind="landlord")
    assert told["rent_level"] == landlord.price / 1000


def test_a_town_that_has_not_settled_a_day_says_so(found_town: Found, ask: Ask) -> None:
    world = found_town()
    _, answer = ask(f"/api/stats/society?world={world.slug}")
    assert answer["data"]["economy"]["last_day"] is None
    _, answer = ask(f"/api/stats/timeseries?world={world.slug}")
    assert answer["data"]["days"] == []
    assert {len(each["values"]) for each in answer["data"]["series"].values()} == {0}


def test_series_are_the_figures_of_days_in_their_units(
    town: World, read: Callable[..., Any]
) -> None:
    rows = list(DayFigures.objects.filter(world=town).order_by("midnight"))
    told = read("stats/timeseries")
    assert told["days"] == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert list(told["series"]) == told["known"]
    for name, scale, unit in (
        ("wealth", 100, "yuan"),
        ("gini", 1000, "part"),
        ("rent", 1000, "level"),
        ("worked", 3600, "hours"),
        ("happiness", 1000, "points"),
        ("population", 1, "people"),
    ):
        values = [getattr(row, name) / scale for row in rows]
        assert told["series"][name] == {"unit": unit, "values": values}
    shares = [series for name, series in told["series"].items() if name.startswith("share_")]
    for day in range(3):
        assert sum(series["values"][day] for series in shares) == pytest.approx(1)
    stable = [row.classes["stable"] / sum(row.classes.values()) for row in rows]
    some = read("stats/timeseries?metric=share_stable,gini,gini&from=2026-03-03&to=2026-03-03")
    assert some["days"] == ["2026-03-03"]
    assert list(some["series"]) == ["share_stable", "gini"]
    assert some["series"]["share_stable"]["values"] == stable[1:2]


def test_unknown_metrics_are_refused_with_those_that_there_are(read: Callable[..., Any]) -> None:
    error = read("stats/timeseries?metric=gini,luck", status=400)
    assert error["code"] == "INVALID_PARAMETER"
    assert error["details"]["unknown"] == ["luck"]
    assert "wealth" in error["details"]["known"]
    assert "wealth" in error["message"]
    assert (
        "没有这样的指标"
        in read("stats/timeseries?metric=luck", status=400, language="zh-CN")["message"]
    )
    assert read("stats/timeseries?from=soon", status=400)["code"] == "INVALID_PARAMETER"


def whole(client: Client, path: str, language: str = "en") -> str:
    answer: Any = client.get(f"/api/{path}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def test_all_that_was_paid_is_a_file_in_either_format_and_language(
    town: World, client: Client
) -> None:
    path = f"export/transactions?world={town.slug}"
    rows = json.loads(whole(client, f"{path}&format=json"))
    transfers = list(Transfer.objects.filter(world=town).order_by("seq"))
    assert [row["seq"] for row in rows] == [transfer.seq for transfer in transfers]
    assert sum(row["amount"] for row in rows) == pytest.approx(
        sum(transfer.amount for transfer in transfers) / YUAN
    )
    table = whole(client, path, "zh-CN")
    assert table.startswith(BOM)
    cells = list(csv.DictReader(io.StringIO(table.removeprefix(BOM), newline="")))
    assert [int(row["seq"]) for row in cells] == [transfer.seq for transfer in transfers]
    rent = next(row for row in cells if row["category"] == "rent")
    assert (rent["category_name"], rent["payee"]) == ("房租", "阳光房产")
    assert whole(client, f"{path}&lang=zh") == table
    day = json.loads(whole(client, f"{path}&format=json&start_date=2026-03-03&end_date=2026-03-03"))
    assert day == [
        row for row in rows if "2026-03-03T00:00:00" < row["time"] <= "2026-03-04T00:00:00"
    ]
    assert {row["category"] for row in day} >= {"rent", "wage"}


def test_the_days_are_a_file_whose_numbers_stay_numbers(town: World, client: Client) -> None:
    DayFigures.objects.filter(world=town, midnight=DAY).update(wealth=-12_345)
    path = f"export/timeseries?world={town.slug}"
    rows = json.loads(whole(client, f"{path}&format=json"))
    assert [row["day"] for row in rows] == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert rows[0]["wealth"] == -123.45
    cells = list(csv.DictReader(io.StringIO(whole(client, path).removeprefix(BOM), newline="")))
    assert cells[0]["wealth"] == "-123.45"
    assert [set(row) for row in cells] == [set(row) for row in rows]
    some = json.loads(whole(client, f"{path}&format=json&start_date=2026-03-04"))
    assert some == rows[2:]


def test_the_schema_has_every_door_of_money(db: None, client: Client) -> None:
    paths = client.get("/api/schema?format=json").json()["paths"]
    told = {path.rstrip("/?"): item["get"] for path, item in paths.items() if "get" in item}
    for door, parameters in (
        ("agents/{agent_id}/transactions", {"category", "direction", "day", "page", "limit"}),
        ("agents/{agent_id}/loans", {"role", "state", "page", "limit"}),
        ("businesses", {"trading", "owner", "page", "limit"}),
        ("businesses/{business_id}", set()),
        ("stats/timeseries", {"metric", "from", "to"}),
    ):
        (said,) = (item for path, item in told.items() if path.endswith(f"/api/{door}"))
        assert {each["name"] for each in said["parameters"] if each["in"] == "query"} == (
            parameters | {"world"}
        )
        assert "success" in str(said["responses"]["200"])
    for door in ("export/transactions", "export/timeseries"):
        (said,) = (item for path, item in told.items() if path.endswith(f"/api/{door}"))
        assert set(said["responses"]["200"]["content"]) == {"text/csv", "application/json"}
