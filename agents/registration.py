"""What the residents bring to the world's registry."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events, heat, newcomers, presentation
from agents.activities import SKILLS, Activities
from agents.appointments import presentation as appointments_presentation
from agents.appointments import rules as appointment_rules
from agents.appointments.rules import AppointmentRules
from agents.conversations import bookkeeping, grammar, lexicon, speech, talking, ties
from agents.conversations import presentation as conversations_presentation
from agents.conversations import rules as talk_rules
from agents.conversations.grammar import Grammar
from agents.conversations.lexicon import Lexicon
from agents.conversations.rules import TalkRules
from agents.conversations.snapshot import conversations_part, conversations_status
from agents.credit import presentation as credit_presentation
from agents.duty import Shifts
from agents.employment import presentation as employment_presentation
from agents.employment import rules as employment_rules
from agents.employment.posts import adopt_positions, found_positions
from agents.founding import days_of_shifts, found_residents
from agents.heat import HeatRules
from agents.household import presentation as household_presentation
from agents.minds import pacing, recollection, thoughts, wording
from agents.minds import presentation as minds_presentation
from agents.minds.instinct import Instinct
from agents.minds.status import minds_status
from agents.models import (
    AgentMind,
    AgentState,
    AgentTalk,
    Appointment,
    Knowledge,
    Livelihood,
    News,
    Personality,
    Position,
    Relationship,
    Skills,
    Thought,
)
from agents.models.mind import PLAN_BLOCKS
from agents.needs import NEED_BLOCKS, TRAITS, NeedRules
from agents.news import announcing
from agents.news import presentation as news_presentation
from agents.news import rules as news_rules
from agents.news.rules import NewsRules
from agents.occupations import Occupations
from agents.options import Offers, PlaceOffers
from agents.population import presentation as population_presentation
from agents.population import rules as population_rules
from agents.population.moving_in import MOVE_IN, write_newcomers
from agents.remembering import fortunes, recording, reflection_rules
from agents.remembering import presentation as memory_presentation
from agents.remembering import rules as memory_rules
from agents.remembering.status import memory_status
from agents.sections import SECTIONS
from agents.snapshot import residents_part, residents_status
from agents.systems import (
    departures,
    edits,
    interviewed,
    mind_orders,
    news,
    orders,
    population,
    reflected,
    replies,
)
from world import registry
from world.hot_pairs import HotPairs
from world.hot_tables import HotTable
from world.hot_things import HotThings
from world.rules import Rules


def register() -> None:
    """Called once, when Django is ready; importing events registers their kinds."""
    for section in (
        *SECTIONS,
        newcomers.SECTION,
        wording.SECTION,
        talk_rules.SECTION,
        *grammar.SECTIONS,
        lexicon.SECTION,
        ties.SECTION,
        memory_rules.SECTION,
        reflection_rules.SECTION,
        news_rules.SECTION,
        heat.SECTION,
        appointment_rules.SECTION,
        employment_rules.SECTION,
        fortunes.SECTION,
        population_rules.SECTION,
    ):
        registry.register_section(section)
    registry.register_founder("residents", found_residents, rank=20)
    registry.register_founder("positions", found_positions, rank=25)
    registry.register_adopter("employment", adopt_positions)
    registry.register_founder("ties", ties.found_ties, rank=30)
    registry.register_founder("memories", recording.found_memories, rank=40)
    for kind in (
        *(orders.MOVE, orders.DO, orders.WORDS, edits.EDIT, edits.PURSE, mind_orders.MIND),
        *(mind_orders.STATE, replies.REPLY, speech.SPEECH, news.ANNOUNCE, interviewed.INTERVIEWED),
        *(reflected.REFLECTED, departures.DEPART, population.INVITE),
    ):
        registry.register_inbox_kind(kind)
    _register_tables()
    _register_what_commits_do()
    _register_constants()
    _register_what_is_told()


def _register_tables() -> None:
    registry.register_hot_table(HotTable("residents", AgentState, blocks=NEED_BLOCKS))
    registry.register_hot_table(
        HotTable("traits", Personality, beside="residents", blocks={"levels": TRAITS})
    )
    registry.register_hot_table(
        HotTable("skills", Skills, beside="residents", blocks={"levels": SKILLS})
    )
    registry.register_hot_table(
        HotTable("minds", AgentMind, beside="residents", blocks=PLAN_BLOCKS)
    )
    registry.register_hot_table(HotTable("livelihoods", Livelihood, beside="residents"))
    registry.register_hot_table(HotThings("positions", Position))
    registry.register_hot_table(HotTable("talks", AgentTalk, beside="residents"))
    registry.register_hot_table(HotThings("news", News, but=("text_zh", "text_en")))
    registry.register_hot_table(HotPairs("knowledge", Knowledge, first="actor", second="news"))
    registry.register_hot_table(
        HotPairs("appointments", Appointment, first="actor", second="other")
    )
    registry.register_hot_table(HotPairs("ties", Relationship, first="actor", second="other"))


def _register_what_commits_do() -> None:
    registry.register_recorder("conversations", bookkeeping.record_conversations)
    registry.register_recorder("announcements", announcing.record_announcements)
    registry.register_recorder("memories", recording.record_memories)
    registry.register_recorder("recollections", recollection.note_recollections)
    for kind, purpose in (
        (replies.THINK, Thought.Purpose.DECIDE),
        (talking.SPEAK, Thought.Purpose.SPEAK),
    ):
        registry.register_asker(kind, partial(thoughts.take_down, purpose))
    registry.register_asker(MOVE_IN, write_newcomers)
    registry.register_pacer("minds", pacing.wait_for_minds)
    registry.register_status_part("minds", minds_status)
    registry.register_status_part("memory", memory_status)


def _register_constants() -> None:
    registry.register_constant(
        "activities", lambda rules, _: Activities.compile(rules["activities"])
    )
    registry.register_constant("needs", lambda rules, _: NeedRules.compile(rules["needs"]))
    registry.register_constant("instinct", _instinct)
    registry.register_constant("shifts", lambda rules, _: Shifts.compile(rules["occupations"]))
    registry.register_constant(
        "occupations", lambda rules, _: Occupations.compile(rules["occupations"])
    )
    registry.register_constant("activity_specs", lambda rules, _: rules["activities"])
    registry.register_constant(
        "wording",
        lambda rules, _: wording.Wording.compile(
            rules["thoughts"], rules["fortunes"].refused, rules.world.seed
        ),
    )
    registry.register_constant("talk", lambda rules, _: TalkRules.compile(rules["talk"]))
    registry.register_constant("news", lambda rules, _: NewsRules.compile(rules["hearsay"]))
    registry.register_constant("reflection", lambda rules, _: rules["memory"].reflection)
    registry.register_constant("grammar", _grammar)
    registry.register_constant("lexicon", lambda rules, _: Lexicon.compile(rules["lexicon"]))
    registry.register_constant(
        "heat", lambda rules, _: HeatRules.compile(rules["heat"], rules["calendar"])
    )
    registry.register_constant(
        "place_kinds", lambda rules, _: [place.kind for place in rules["places"]]
    )
    registry.register_constant(
        "appointments",
        lambda rules, constants: AppointmentRules.compile(
            rules["appointments"],
            activities=constants["activities"],
            kinds=constants["place_kinds"],
        ),
    )
    registry.register_constant("called", lambda rules, _: ties.forms_of_address(rules))
    registry.register_constant("seed", lambda rules, _: rules.world.seed)
    registry.register_constant("rules", lambda rules, _: rules)
    registry.register_constant("residents", lambda rules, _: rules["residents"])
    registry.register_constant("employment", lambda rules, _: rules["employment"])
    registry.register_constant("population", lambda rules, _: rules["population"])
    registry.register_constant("population_cap", lambda rules, _: rules["town"].population_cap)
    registry.register_constant("shift_days", lambda rules, _: days_of_shifts(rules["occupations"]))
    registry.register_constant("beds", _beds)
    registry.register_constant("schools", _schools)
    registry.register_constant("goes_on_outings", _goes_on_outings)
    registry.register_constant("duties", _duties)
    registry.register_constant("offers", _offers)


def _register_what_is_told() -> None:
    registry.register_presenter(events.MOVED, presentation.present_moves)
    registry.register_presenter(events.STARTED, presentation.present_starts)
    registry.register_presenter(events.REFUSED, presentation.present_refusals)
    registry.register_presenter(events.MOVED_HOUSE, presentation.present_moving_house)
    registry.register_presenter(events.EDITED, presentation.present_edits)
    registry.register_presenter(events.NEEDED, presentation.present_alerts)
    registry.register_presenter(events.MIND_CHANGED, minds_presentation.present_minds)
    registry.register_presenter(events.ASKED, minds_presentation.present_questions)
    registry.register_presenter(events.ANSWERED, minds_presentation.present_answers)
    registry.register_presenter(events.MINDS_STATE, minds_presentation.present_states)
    registry.register_presenter(events.WORDS_HEARD, minds_presentation.present_words)
    registry.register_presenter(events.INTERVIEWED, minds_presentation.present_interviews)
    registry.register_presenter(events.REFLECTED, memory_presentation.present_reflections)
    for code, present in (
        conversations_presentation.PRESENTERS
        | news_presentation.PRESENTERS
        | appointments_presentation.PRESENTERS
        | employment_presentation.PRESENTERS
        | household_presentation.PRESENTERS
        | credit_presentation.PRESENTERS
        | population_presentation.PRESENTERS
    ).items():
        registry.register_presenter(code, present)
    registry.register_snapshot_part("residents", residents_part)
    registry.register_status_part("residents", residents_status)
    registry.register_snapshot_part("conversations", conversations_part)
    registry.register_status_part("conversations", conversations_status)


def _instinct(rules: Rules, constants: Mapping[str, Any]) -> Instinct:
    return Instinct.compile(
        rules["instinct"],
        activities=constants["activities"],
        needs=constants["needs"],
        classes=constants["classes"],
        weather=constants["weather"],
        mood=constants["happenings"],
    )


def _grammar(rules: Rules, _: Mapping[str, Any]) -> Grammar:
    return Grammar.compile([rules[part] for part in grammar.PARTS], rules["registers"])


def _duties(rules: Rules, constants: Mapping[str, Any]) -> NDArray[np.int64]:
    """The activity that each occupation expects at the workplace, -1 for none."""
    codes = constants["activities"].codes
    return np.array(
        [codes[occupation.duty] if occupation.duty else -1 for occupation in rules["occupations"]],
        dtype=np.int64,
    )


def _offers(rules: Rules, constants: Mapping[str, Any]) -> Offers:
    """What the places of a district offer."""
    places = [PlaceOffers(place.kind, place.private, place.offers) for place in rules["places"]]
    return Offers.compile(constants["activities"], places, constants["prices"])


def _beds(rules: Rules, constants: Mapping[str, Any]) -> NDArray[np.int64]:
    """int64[P]: how many people can live in each place."""
    places = rules.world.locations.order_by("number").values_list("capacity", "offers")
    return np.array(
        [capacity if "sleep" in offers else 0 for capacity, offers in places], dtype=np.int64
    )


def _schools(rules: Rules, constants: Mapping[str, Any]) -> list[tuple[int, int]]:
    """By occupation: where in a district those go who are not paid for it (a number from 1 on, 0
    for nowhere), and their shift."""
    kinds = constants["place_kinds"]
    found = []
    row = 0
    for occupation in rules["occupations"]:
        school = (0, 0)
        for shift in occupation.shifts:
            row += 1
            if occupation.pay == 0 and not school[0]:
                places = [index for index, kind in enumerate(kinds, 1) if kind in shift.at]
                school = (places[0], row) if places else school
        found.append(school)
    return found


def _goes_on_outings(rules: Rules, constants: Mapping[str, Any]) -> NDArray[np.bool_]:
    """bool[P + 1]: whether those who work in each place, by its number, go on company outings."""
    kinds = {each.staff for each in rules["happenings"].chances if each.key == "outing"}
    places = rules.world.locations.order_by("number").values_list("kind", flat=True)
    return np.array([False, *(kind in kinds for kind in places)], dtype=np.bool_)
