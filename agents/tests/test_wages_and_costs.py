"""What work brings and living costs, to the fen."""

from collections.abc import Callable

import pytest

from agents import events as deeds
from agents.activities import SKILLS, Activities
from agents.models import Agent, Skills
from economy.models import Transfer
from economy.money import YUAN, Category
from world import residence
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.models import Event, World
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


def test_every_spell_of_work_is_paid_by_the_formula(worked: World, hamlet: Scenario) -> None:
    jobs = {job.key: job for job in hamlet["occupations"]}
    pay = hamlet["economy"].pay
    people = {person.key: person for person in hamlet["residents"]}
    paid = 0
    for agent in Agent.objects.filter(actor__world=worked).select_related("actor"):
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


def test_the_outside_world_pays_for_what_is_made_for_it(worked: World, hamlet: Scenario) -> None:
    office = next(each for each in hamlet["economy"].businesses if each.kind == "office")
    place = worked.locations.get(kind="office").number
    wages = Transfer.objects.filter(world=worked, category=Category.WAGE, place=place)
    bought = Transfer.objects.filter(world=worked, category=Category.OUTPUT, place=place)
    assert wages.count() == bought.count() > 0
    for wage, output in zip(wages.order_by("seq"), bought.order_by("seq"), strict=False):
        assert output.payee == wage.payer or output.world_time == wage.world_time
    total = sum(wages.values_list("amount", flat=True))
    sold = sum(bought.values_list("amount", flat=True))
    assert sold == pytest.approx(total * (100 + office.margin) / 100, abs=wages.count())


def test_midnight_brings_what_a_day_costs_once_to_everybody(
    worked: World, hamlet: Scenario
) -> None:
    jobs = {job.key: job for job in hamlet["occupations"]}
    people = {person.key: person for person in hamlet["residents"]}
    for midnight in (DAY, 2 * DAY, 3 * DAY):
        settled = Event.objects.get(world=worked, kind=21, world_time=midnight)
        assert settled.data is not None
        moved = dict.fromkeys(settled.data, 0)
        for agent in Agent.objects.filter(actor__world=worked).select_related("actor"):
            job = jobs[people[agent.key].occupation]
            number = agent.actor.number
            costs = {
                Category(category).name.lower(): amount
                for category, amount in Transfer.objects.filter(
                    world=worked, world_time=midnight, payer=number
                )
                .exclude(category=Category.PURCHASE)
                .values_list("category", "amount")
            }
            assert costs == {
                cost.category: cost.yuan * YUAN
                for cost in hamlet["economy"].fixed_costs
                if not (cost.owners_exempt and job.owns_home)
            }
            stipend = Transfer.objects.filter(
                world=worked, world_time=midnight, payee=number, category=Category.STIPEND
            )
            assert sum(stipend.values_list("amount", flat=True)) == job.stipend * YUAN
            moved["stipend"] += job.stipend * YUAN
            for category, amount in costs.items():
                moved[category] += amount
        moved["profit"] = settled.data["profit"]
        assert settled.data == moved
        assert moved["profit"] == moved["rent"], "what the landlord earned goes to the treasury"


def test_skills_grow_with_what_is_done(worked: World, hamlet: Scenario) -> None:
    people = {person.key: person for person in hamlet["residents"]}
    jobs = {job.key: job for job in hamlet["occupations"]}
    grown = 0
    for agent in Agent.objects.filter(actor__world=worked).select_related("actor"):
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
