"""Work lost and found, businesses that fail and begin, loans and treats: stories on a hamlet."""

from collections.abc import Callable
from typing import Any

import pytest

from agents import events
from agents.conversations.vocabulary import Change
from agents.employment.vocabulary import Loss
from agents.models import AgentState, Livelihood, Position, Relationship, Skills
from economy import events as money
from economy.audit import audit
from economy.models import Account, Business, Loan, Transfer
from economy.money import YUAN, Category
from memory.models import Memory
from world import residence
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.models import Actor, Event, World
from world.scenario import Scenario
from world.telling import tell

pytestmark = pytest.mark.django_db

Found = Callable[..., World]


def with_rules(scenario: Scenario, section: str, **fields: Any) -> Scenario:
    """A scenario of which a part has other values."""
    changed = scenario[section].model_copy(update=fields)
    return Scenario(content=dict(scenario.content) | {section: changed})


def with_business(scenario: Scenario, kind: str, **fields: Any) -> Scenario:
    """A scenario in which one kind of business has other terms."""
    businesses = [
        spec.model_copy(update=fields) if spec.kind == kind else spec
        for spec in scenario["economy"].businesses
    ]
    return with_rules(scenario, "economy", businesses=businesses)


def live_until(world: World, time: int) -> World:
    advance(world_id=world.pk, until=time)
    world.refresh_from_db()
    assert audit(world).passed
    return world


def told(world: World, kind: int) -> list[Event]:
    return list(Event.objects.filter(world=world, kind=kind).order_by("seq"))


@pytest.fixture
def failing(hamlet: Scenario) -> Scenario:
    """A hamlet whose cafe cannot pay its rent, and where nobody waits long."""
    failure = hamlet["market"].failure.model_copy(
        update={"days": 2, "start": 1_000_000, "skill": 10, "keeps": 0, "rescue": 2}
    )
    scenario = with_rules(hamlet, "market", failure=failure)
    return with_business(scenario, "cafe", capital=3000, premises=9000)


def test_a_business_in_debt_gives_up_and_its_people_lose_their_work(
    found_town: Found, failing: Scenario
) -> None:
    failure = failing["market"].failure.model_copy(update={"start": 0, "rescue": 0})
    world = found_town(scenario=with_rules(failing, "market", failure=failure))
    cafe = Business.objects.get(actor__world=world, place=world.locations.get(kind="cafe").number)
    staff = set(
        AgentState.objects.filter(
            actor__world=world, workplace=cafe.place, shift__gt=0
        ).values_list("actor__number", flat=True)
    )
    assert staff
    live_until(world, 2 * DAY + HOUR)
    cafe.refresh_from_db()
    (closed,) = told(world, money.BUSINESS_CLOSED)
    assert (closed.actor, closed.place, cafe.closed_at) == (
        cafe.actor.number,
        cafe.place,
        2 * DAY,
    )
    assert Account.objects.get(actor=cafe.actor).balance == 0, "the bank wrote off what it owed"
    lost = {event.actor for event in told(world, events.WORK_LOST) if event.reason == Loss.CLOSED}
    assert lost == staff
    codes = [spec.key for spec in residence.rules_of(world)["occupations"]]
    idle = AgentState.objects.filter(actor__world=world, actor__number__in=staff)
    assert {codes[state.occupation] for state in idle} == {"unemployed"}

    live_until(world, 3 * DAY)
    bought = Transfer.objects.filter(world=world, payee=cafe.actor.number, world_time__gt=2 * DAY)
    assert not bought.exists(), "nobody buys where nobody sells"
    assert Memory.objects.filter(actor__world=world, subject="workplace-closed").exists()


def test_whoever_has_capital_and_skill_opens_it_again(found_town: Found, failing: Scenario) -> None:
    world = live_until(found_town(scenario=failing), 3 * DAY + HOUR)
    opened = told(world, money.BUSINESS_OPENED)
    assert opened, "nobody opened the cafe that had failed"
    business = Business.objects.get(actor__world=world, actor__number=opened[0].actor)
    assert opened[0].other > 0
    owner = Actor.objects.get(world=world, number=opened[0].other)
    assert owner.skills.business > 10_000
    capital = Transfer.objects.get(world=world, seq=opened[0].seq - 2)
    assert (capital.category, capital.payer, capital.payee) == (
        Category.CAPITAL,
        owner.number,
        business.actor.number,
    )
    assert capital.amount == 3000 * YUAN


def test_what_nobody_opens_somebody_from_outside_takes_over(
    found_town: Found, failing: Scenario
) -> None:
    failure = failing["market"].failure.model_copy(update={"start": 0})
    world = found_town(scenario=with_rules(failing, "market", failure=failure))
    live_until(world, 4 * DAY + HOUR)
    opened = told(world, money.BUSINESS_OPENED)
    assert (opened[0].world_time, opened[0].other) == (4 * DAY, 0)


def test_those_without_work_look_for_it_and_the_best_paid_post_goes_first(
    found_town: Found, hamlet: Scenario
) -> None:
    world = found_town(seed=3)
    live_until(world, 4 * DAY)
    hired = told(world, events.HIRED)
    assert hired, "nobody who was without work found any in four days"
    for event in hired:
        state = AgentState.objects.get(actor__world=world, actor__number=event.actor)
        assert event.place > 0
        assert event.amount > 0
        occupation = hamlet["occupations"][event.until]
        if occupation.skill:
            level = getattr(state.actor.skills, occupation.skill)
            assert level > occupation.requires * 1000
    for position in Position.objects.filter(world=world):
        taken = AgentState.objects.filter(
            actor__world=world, workplace=position.place, shift=position.shift
        ).count()
        assert taken <= position.posts, "more people than posts"


@pytest.mark.parametrize("seats", [0, 80])
def test_an_office_takes_one_more_who_is_able_and_idle_while_it_has_seats(
    found_town: Found, hamlet: Scenario, seats: int
) -> None:
    employment, occupations = hamlet["employment"], [each.key for each in hamlet["occupations"]]
    coders = sum(each.occupation == "programmer" for each in hamlet["residents"])
    posts = [
        spec.model_copy(update={"posts": coders}) if spec.occupation == "programmer" else spec
        for spec in employment.posts
        if spec.occupation in ("programmer", "waiter")
    ]
    staffing = employment.staffing.model_copy(update={"idle_days": 3, "seats": seats})
    scenario = with_rules(hamlet, "employment", posts=posts, staffing=staffing)
    scenario = with_rules(scenario, "population", chance=0, job=0, lonely=0)
    world = found_town(seed=3, scenario=scenario)
    idle = AgentState.objects.filter(
        actor__world=world, occupation=occupations.index("unemployed")
    ).earliest("actor__number")
    Skills.objects.filter(actor=idle.actor).update(programming=90_000, social=10_000)
    residence.forget_all()
    live_until(world, 7 * DAY)
    hired = {event.actor: event for event in told(world, events.HIRED)}
    office = Position.objects.get(world=world, occupation=occupations.index("programmer"))
    if not seats:
        assert office.posts == coders
        assert idle.actor.number not in hired
        return
    assert office.posts == coders + 1
    taken = hired[idle.actor.number]
    assert (taken.place, taken.until) == (office.place, office.occupation)
    assert taken.world_time >= 3 * DAY


def test_whoever_never_comes_is_warned_and_dismissed_with_severance(found_town: Found) -> None:
    world = found_town()
    worker = (
        AgentState.objects.filter(actor__world=world, shift__gt=0, workplace__gt=0)
        .exclude(actor__mind__isnull=True)
        .order_by("actor__number")[0]
    )
    codes = [spec.key for spec in residence.rules_of(world)["occupations"]]
    paid = [code for code, spec in enumerate(residence.rules_of(world)["occupations"]) if spec.pay]
    worker = AgentState.objects.filter(actor__world=world, occupation__in=paid).order_by(
        "actor__number"
    )[0]
    # They have lost their way: at the beginning of every shift somebody leads them home.
    number, home, workplace = worker.actor.number, worker.home, worker.workplace
    Livelihood.objects.filter(actor=worker.actor).update(performance=32_000, warnings=2)
    while not told(world, events.WORK_LOST) and world.lived_until < 6 * DAY:
        world.refresh_from_db()
        tell(world=world, kind="agent_move", subject=number, payload={"place": home})
        advance(world_id=world.pk, until=world.lived_until + HOUR // 2)
        world.refresh_from_db()
    warned = [event for event in told(world, events.WARNED) if event.actor == number]
    assert warned
    (lost,) = [event for event in told(world, events.WORK_LOST) if event.actor == number]
    assert (lost.reason, lost.place) == (Loss.DISMISSED, workplace)
    assert lost.amount > 0
    severance = Transfer.objects.get(world=world, category=Category.SEVERANCE, payee=number)
    assert severance.amount == lost.amount
    worker.refresh_from_db()
    assert codes[worker.occupation] == "unemployed"


def make_friends(world: World, points: int) -> list[int]:
    """Everybody feels so close to everybody else; returns their numbers."""
    everybody = list(world.actors.filter(kind="resident").order_by("number"))
    Relationship.objects.filter(actor__world=world).delete()
    Relationship.objects.bulk_create(
        Relationship(actor=one, other=other, strength=points * 1000)
        for one in everybody
        for other in everybody
        if one != other
    )
    residence.forget_all()
    return [actor.number for actor in everybody]


def test_friends_lend_and_are_paid_back_or_let_down(found_town: Found, hamlet: Scenario) -> None:
    credit = hamlet["market"].credit.model_copy(update={"days": 1, "grace": 0, "treats": 0})
    world = found_town(scenario=with_rules(hamlet, "market", credit=credit))
    numbers = make_friends(world, 62)
    poor = numbers[: len(numbers) // 2]
    for number in poor:
        tell(world=world, kind="agent_purse", subject=number, payload={"fen": -990_000})
    live_until(world, DAY - HOUR)
    borrowers = Loan.objects.filter(world=world).order_by("number").values("borrower")
    for unlucky in borrowers[::2]:
        payload = {"fen": -600_000}
        tell(world=world, kind="agent_purse", subject=unlucky["borrower"], payload=payload)
    live_until(world, 4 * DAY)
    loans = list(Loan.objects.filter(world=world).order_by("number"))
    assert loans, "nobody lent a friend anything in four days"
    for loan in loans:
        assert loan.amount % (100 * YUAN) == 0
        lent = Transfer.objects.get(world=world, category=Category.LOAN, cause=loan.number)
        assert (lent.payer, lent.payee, lent.amount) == (loan.lender, loan.borrower, loan.amount)
    over = told(world, events.LOAN_OVER)
    assert {event.reason for event in over} == {Loan.State.PAID, Loan.State.DEFAULTED}
    felt = 0
    for event in over:
        change = Event.objects.filter(
            world=world,
            kind=events.TIE_CHANGED,
            actor=event.other,
            other=event.actor,
            world_time=event.world_time,
            reason__in=(Change.REPAID, Change.DEFAULTED),
        ).first()
        # Friends as close as can be cannot grow closer.
        if change is not None:
            assert (change.amount > 0) == (event.reason == Loan.State.PAID)
            felt += 1
    assert felt
    assert Memory.objects.filter(actor__world=world, subject="borrowed").exists()
    assert Memory.objects.filter(actor__world=world, subject="let-down").exists()


def test_friends_treat_each_other_and_grow_closer(found_town: Found, hamlet: Scenario) -> None:
    credit = hamlet["market"].credit.model_copy(update={"treats": 1_000_000})
    world = found_town(scenario=with_rules(hamlet, "market", credit=credit))
    make_friends(world, 40)
    live_until(world, 2 * DAY)
    treats = told(world, events.TREATED)
    assert len(treats) > 3
    for event in treats:
        paid = Transfer.objects.get(
            world=world,
            category=Category.TREAT,
            payer=event.actor,
            cause=event.world_time,
        )
        assert paid.amount == event.amount
        closer = Event.objects.filter(
            world=world,
            kind=events.TIE_CHANGED,
            reason=Change.TREATED,
            world_time=event.world_time,
            actor__in=(event.actor, event.other),
        )
        assert closer.count() >= 1
        assert not Transfer.objects.filter(
            world=world,
            category=Category.PURCHASE,
            payer=event.other,
            world_time=event.world_time,
        ).exists(), "who is treated pays nothing"


def test_artists_live_by_what_they_sell(found_town: Found, hamlet: Scenario) -> None:
    art = hamlet["employment"].art.model_copy(update={"hours": 1, "sells": 1_000_000})
    world = found_town(scenario=with_rules(hamlet, "employment", art=art))
    live_until(world, 3 * DAY + HOUR)
    made = told(world, events.ART_MADE)
    assert made
    sold = Transfer.objects.filter(world=world, category=Category.ARTWORK)
    assert {each.payee for each in sold} <= {event.actor for event in made}
    for each in sold:
        assert 0.3 * art.yuan * YUAN < each.amount < 2.5 * art.yuan * YUAN


def test_an_employer_whom_a_bonus_would_ruin_pays_none(found_town: Found, hamlet: Scenario) -> None:
    def bonuses(holds: int) -> list[int]:
        rules = hamlet["market"]
        (bonus,) = [rule for rule in rules.chances if rule.key == "bonus"]
        sure = bonus.model_copy(update={"per_million": 1_000_000, "holds": holds})
        world = found_town(scenario=with_rules(hamlet, "market", chances=[sure]))
        live_until(world, DAY + HOUR)
        paid = Transfer.objects.filter(world=world, category=Category.BONUS)
        return list(paid.values_list("payer", flat=True))

    assert len(bonuses(500)) > 3, "tills are full on the first day"
    assert bonuses(10_000) == []
