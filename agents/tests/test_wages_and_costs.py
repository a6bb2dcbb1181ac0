"""What work brings and living costs, to the fen."""

from collections.abc import Callable

import pytest
from django.db.models import Q

from agents import events as deeds
from agents.activities import SKILLS, Activities
from agents.models import Agent, Skills
from economy.models import Business, DayFigures, Transfer
from economy.money import TAXED, YUAN, Category
from world import residence
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.models import World
from world.scenario import Scenario

Found = Callable[..., World]

LONGEST_WORKED = 27
"""Hours that nobody can have worked in three days."""


@pytest.fixture(scope="module")
def lived(found_shared: Found) -> int:
    world = found_shared()
    advance(world_id=world.pk, until=3 * DAY)
    return world.pk


@pytest.fixture
def worked(lived: int, db: None) -> World:
    """A hamlet after its first three days, Monday to Wednesday."""
    return World.objects.get(pk=lived)


def spells_of_work(world: World, number: int) -> list[tuple[int, int]]:
    """(began, ended) of each time that somebody worked, from history."""
    activities: Activities = residence.constants_of(world)["activities"]
    spells, began = [], None
    for event in world.events.filter(actor=number, kind__in=(deeds.STARTED, deeds.MOVED)).order_by(
        "seq"
    ):
        if began is not None:
            spells.append((began, event.world_time))
        at_work = event.kind == deeds.STARTED and event.activity == activities.codes["work"]
        began = event.world_time if at_work else None
    return spells


def keepers_of_their_job(world: World) -> list[Agent]:
    """Those who were here from the beginning and do what they did then."""
    changed = world.events.filter(kind__in=(deeds.HIRED, deeds.WORK_LOST)).values("actor")
    return list(
        Agent.objects.filter(actor__world=world, actor__livelihood__arrived_at=0)
        .exclude(actor__number__in=changed)
        .select_related("actor")
        .order_by("actor__number")
    )


def test_every_spell_of_work_is_paid_by_the_formula(worked: World, hamlet: Scenario) -> None:
    jobs = {job.key: job for job in hamlet["occupations"]}
    pay = hamlet["economy"].pay
    people = {person.key: person for person in hamlet["residents"]}
    paid = 0
    for agent in keepers_of_their_job(worked):
        person = people[agent.key]
        job = jobs[person.occupation]
        wages = Transfer.objects.filter(
            world=worked, payee=agent.actor.number, category=Category.WAGE
        ).order_by("seq")
        if job.pay == 0 or person.workplace is None:
            assert not wages
            continue
        due = [spell for spell in spells_of_work(worked, agent.actor.number) if spell[0] < spell[1]]
        assert [wage.world_time for wage in wages] == [ended for _, ended in due]
        for wage, (began, ended) in zip(wages, due, strict=True):
            hours = (ended - began) / HOUR
            level = getattr(person.skills, job.skill) if job.skill else 50
            # The skill has grown by a tenth of a point an hour since the beginning; that of dealing
            # with people also by chatting.
            practised = 3 * DAY // HOUR if job.skill == "social" else LONGEST_WORKED
            full = job.pay * YUAN * hours * (1 + (level - 50) * pay.skill / 1000)
            most = full * (1 + practised * 0.1 * pay.skill / 1000) + 1
            mood_low = full * pay.gloomy / 100
            assert mood_low - 2 <= wage.amount <= most
            assert wage.amount >= full - 2 or wage.amount <= most * pay.gloomy / 100
            paid += 1
    assert paid > 20


def test_the_outside_world_pays_at_midnight_for_what_was_made_for_it(
    worked: World, hamlet: Scenario
) -> None:
    office = next(each for each in hamlet["economy"].businesses if each.kind == "office")
    place = worked.locations.get(kind="office").number
    employer = Business.objects.get(actor__world=worked, place=place).actor.number
    for midnight in (DAY, 2 * DAY, 3 * DAY):
        wages = Transfer.objects.filter(
            world=worked,
            category=Category.WAGE,
            payer=employer,
            world_time__gt=midnight - DAY,
            world_time__lt=midnight,
        )
        paid = sum(wages.values_list("amount", flat=True))
        bought = Transfer.objects.get(
            world=worked, category=Category.OUTPUT, payee=employer, world_time=midnight
        )
        assert bought.amount == paid * (100 + office.margin) // 100 > 0


def test_midnight_brings_what_a_day_costs_once_to_everybody(
    worked: World, hamlet: Scenario
) -> None:
    jobs = {job.key: job for job in hamlet["occupations"]}
    people = {person.key: person for person in hamlet["residents"]}
    yesterdays_rent = 1000
    for midnight in (DAY, 2 * DAY, 3 * DAY):
        figures = DayFigures.objects.get(world=worked, midnight=midnight)
        for agent in keepers_of_their_job(worked):
            job = jobs[people[agent.key].occupation]
            number = agent.actor.number
            costs = {
                Category(category).name.lower(): amount
                for category, amount in Transfer.objects.filter(
                    world=worked,
                    world_time=midnight,
                    payer=number,
                    category__in=(
                        Category.RENT,
                        Category.FOOD,
                        Category.TRANSPORT,
                        Category.PHONE,
                    ),
                ).values_list("category", "amount")
            }
            assert costs == {
                cost.category: cost.yuan
                * YUAN
                * (yesterdays_rent if cost.category == "rent" else 1000)
                / 1000
                for cost in hamlet["economy"].fixed_costs
                if not (cost.owners_exempt and job.owns_home)
            }
            stipend = Transfer.objects.filter(
                world=worked, world_time=midnight, payee=number, category=Category.STIPEND
            )
            assert sum(stipend.values_list("amount", flat=True)) == job.stipend * YUAN
        yesterdays_rent = _rent_after(worked, midnight, figures.rent)


def _rent_after(world: World, midnight: int, charged: int) -> int:
    """The rent that the next midnight charged, from its figures: it moves once a day."""
    following = DayFigures.objects.filter(world=world, midnight=midnight + DAY).first()
    return following.rent if following else charged


def test_income_is_taxed_by_brackets(worked: World, hamlet: Scenario) -> None:
    brackets = hamlet["market"].taxes.income
    taxed = 0
    for agent in keepers_of_their_job(worked):
        for midnight in (DAY, 2 * DAY, 3 * DAY):
            of_the_day = Transfer.objects.filter(world=worked, payee=agent.actor.number).filter(
                Q(world_time__gt=midnight - DAY, world_time__lt=midnight)
                | Q(world_time=midnight, category__in=(Category.COMMISSION, Category.ARTWORK))
                | Q(world_time=midnight, category=Category.BONUS)
            )
            earned = sum(of_the_day.filter(category__in=TAXED).values_list("amount", flat=True))
            due, rate_below = 0.0, 0
            for bracket in brackets:
                above = max(earned - bracket.above * YUAN, 0)
                due += above * (bracket.per_mille - rate_below) / 1000
                rate_below = bracket.per_mille
            paid = Transfer.objects.filter(
                world=worked, payer=agent.actor.number, world_time=midnight, category=Category.TAX
            )
            assert sum(paid.values_list("amount", flat=True)) == pytest.approx(due, abs=1)
            taxed += due > 0
    assert taxed > 10, "nobody in the hamlet owns enough to be taxed for it"


def test_skills_grow_with_what_is_done(worked: World, hamlet: Scenario) -> None:
    people = {person.key: person for person in hamlet["residents"]}
    jobs = {job.key: job for job in hamlet["occupations"]}
    grown = 0
    for agent in keepers_of_their_job(worked):
        person = people[agent.key]
        skills = Skills.objects.get(actor=agent.actor)
        for skill in SKILLS:
            before = getattr(person.skills, skill) * 1000
            assert before <= getattr(skills, skill) <= before + 4800
        job = jobs[person.occupation]
        if job.skill and job.pay and person.workplace:
            hours = sum(e - b for b, e in spells_of_work(worked, agent.actor.number)) / HOUR
            learnt = getattr(skills, job.skill) - getattr(person.skills, job.skill) * 1000
            assert learnt >= int(hours * 100) - 60
            grown += learnt > 0
    assert grown > 0
