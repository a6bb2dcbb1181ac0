"""Prompts for speech: what a model is told when it is its resident's turn to say something.

As in `agents.minds.prompts` from the stable to the present: the rules of talking, who speaks, their
day, who is there, what was said so far, what comes to mind, and what may be done now.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from agents.conversations import selectors
from agents.conversations.lexicon import EMOTIONS
from agents.conversations.presentation import tie_name, topic_name, words_of
from agents.conversations.vocabulary import TOPICS, Emotion, Ending, Love, Topic, Why
from agents.minds.engagements import appointments_told, occasion_told
from agents.minds.filling import filled
from agents.minds.matter import Messages
from agents.minds.moment import happening_line, moment_told, needs_told
from agents.minds.past import todays
from agents.minds.portrait import GENDERS, portrait
from agents.minds.recollection import recollection_lines
from agents.minds.voice import Language, Voice
from agents.models import Agent, Conversation, Thought
from agents.news.selectors import text_of
from world.engine.gametime import DAY
from world.engine.lines import POINT
from world.models import Event
from world.stage import Stage, stage_of

LAST_DEEDS = 8
"""Of the day so far, so much is told to somebody who talks."""

FOND, AVERSE = 20 * POINT, -20 * POINT
"""Regard from which on somebody is liked, or not."""

DOES: Mapping[str, tuple[str, str]] = {
    "say": ("说下去", "say it, and go on talking"),
    "silent": (
        "想想还是不开口（say 留空）",
        "think better of it and say nothing (leave say empty)",
    ),
    "decline": ("现在不想聊，回绝", "turn them down: you do not want to talk now"),
    "goodbye": ("道别", "say goodbye"),
    "leave": ("先告辞，让他们接着聊", "take your leave and let them talk on"),
    "walk_off": ("不想再吵，扭头就走", "have enough of the quarrel and walk off"),
    "apologise": ("为吵架道歉", "say sorry for the quarrel"),
    "forgive": ("原谅对方", "forgive them"),
    "refuse": ("不原谅，谈不下去了", "not forgive them; there is no more to say"),
    "confess": ("表白", "confess your love"),
    "accept": ("接受表白，在一起", "accept, and be a couple"),
    "reject": ("拒绝表白", "turn the confession down"),
    "break_up": ("提分手", "break up with them"),
    "invite": (
        "约对方见面（在 meet 里写选哪一条）",
        "ask them to meet (say which of meet)",
    ),
    "agree": ("答应对方的约", "agree to meet as they ask"),
    "turn_down": ("推掉对方的约", "turn their invitation down"),
}
"""What may be done with a sentence, as a model is told in each language."""

ENDINGS: Mapping[int, tuple[str, str]] = {
    Ending.GOODBYE: (
        "聊得差不多了，该道别了。",
        "You have talked enough; it is time for goodbyes.",
    ),
    Ending.DUTY: ("该去上班了，要道别了。", "Duty calls; it is time for goodbyes."),
    Ending.NEED: ("身体撑不住了，要道别了。", "Somebody cannot go on; it is time for goodbyes."),
    Ending.CLOSING: ("这里要关门了，要道别了。", "This place is closing; it is time for goodbyes."),
}

OPENINGS: Mapping[int, tuple[str, str]] = {
    Why.CHANCE: ("碰巧遇上", "they ran into each other"),
    Why.LONELY: ("有人想找人说说话", "somebody longed for company"),
    Why.APPOINTMENT: ("约好的", "they had an appointment"),
    Why.ORDER: ("专门过来说话", "somebody came over to talk"),
    Why.HOSTING: ("有人要办聚会，来请人", "somebody is giving a party and came over to ask people"),
}

_rules: WeakKeyDictionary[Stage, dict[Language, str]] = WeakKeyDictionary()


def speech_prompts(thoughts: Sequence[Thought], *, language: Language) -> list[Messages]:
    """The messages that put each turn to a model. The thoughts are of one world."""
    stage = stage_of(thoughts[0].world)
    voice = Voice(stage, language)
    days = todays([(each.world_id, each.actor.number, each.asked_at) for each in thoughts])
    said, ages = _said(thoughts), _ages(thoughts)
    return [
        [
            {"role": "system", "content": rules_of_talk(voice)},
            {
                "role": "user",
                "content": filled(
                    f"{language}/speak.txt",
                    {
                        "who": portrait(voice, thought),
                        "past": [happening_line(voice, each) for each in day[-LAST_DEEDS:]],
                        "memories": recollection_lines(voice, thought),
                        "now": moment_told(voice, thought.asked_at),
                        "needs": needs_told(voice, thought.situation["needs"]),
                        "appointments": appointments_told(voice, thought),
                    }
                    | _scene(voice, thought, said[thought.situation["conversation"]], ages),
                ),
            },
        ]
        for thought, day in zip(thoughts, days, strict=True)
    ]


def rules_of_talk(voice: Voice) -> str:
    """What is the same for everybody in a town who talks."""
    stage = voice.stage
    kept = _rules.setdefault(stage, {})
    if voice.language not in kept:
        names = stage.constants["lexicon"].names
        kept[voice.language] = filled(
            f"{voice.language}/talk-rules.txt",
            {
                "town": voice.name(stage.rules["town"]),
                "emotions": [
                    (name, getattr(names[Emotion[name.upper()]], voice.language))
                    for name in EMOTIONS
                ],
                "topics": [(name, topic_name(stage, name)[voice.language]) for name in TOPICS],
            },
        )
    return kept[voice.language]


def _said(thoughts: Sequence[Thought]) -> Mapping[int, list[Event]]:
    """What was said in the conversations of these before their turns, by number."""
    numbers = {thought.situation["conversation"] for thought in thoughts}
    told = list(Conversation.objects.filter(world=thoughts[0].world, number__in=numbers))
    return selectors.said_in(told, until=thoughts[0].world.seq)


Ages = Mapping[int, tuple[int, str]]
"""Age and gender of people, by number."""


def _ages(thoughts: Sequence[Thought]) -> Ages:
    """Of all with whom these talk."""
    numbers = {other["number"] for each in thoughts for other in each.situation["others"]}
    people = Agent.objects.filter(actor__world=thoughts[0].world, actor__number__in=numbers)
    return {
        number: (age, gender)
        for number, age, gender in people.values_list("actor__number", "age", "gender")
    }


def _scene(voice: Voice, thought: Thought, said: Sequence[Event], ages: Ages) -> dict[str, Any]:
    """Who is there, what was said, and what may be done."""
    situation, time = thought.situation, thought.asked_at
    stage = voice.stage
    place = voice.place(situation["place"])
    before = [event for event in said if event.until < situation["turn"]]
    return {
        "where": voice.say(zh=f"你在{place}，", en=f"You are at {place}; "),
        "why": voice.say(**_both(OPENINGS[situation["why"]])),
        "others": [
            _other(voice, other, ages[other["number"]], time) for other in situation["others"]
        ],
        "said": [
            f"{voice.person(event.actor)}"
            + voice.say(zh="：", en=": ")
            + words_of(stage, event.record, event.data or {})[voice.language]
            for event in before
        ],
        "over": voice.say(**_both(ENDINGS.get(situation["ending"], ENDINGS[Ending.GOODBYE])))
        if situation["ending"]
        else "",
        "listener": voice.person(situation["listener"]),
        "group": [voice.person(other["number"]) for other in situation["others"]]
        if len(situation["others"]) > 1
        else [],
        "news": [(number, text_of(stage, number)[voice.language]) for number in situation["news"]],
        "invited": occasion_told(voice, *situation["invited"], now=time)
        if situation.get("invited")
        else "",
        "meets": [
            (index, occasion_told(voice, *each, now=time))
            for index, each in enumerate(situation.get("meets", ()), start=1)
        ],
        "does": [(key, voice.say(**_both(DOES[key]))) for key in situation["does"]],
    }


def _other(voice: Voice, other: Mapping[str, Any], known: tuple[int, str], time: int) -> str:
    """What somebody is to the speaker, in a line. known: their age and gender."""
    stage, (age, gender) = voice.stage, known
    occupation = voice.name(stage.rules["occupations"][other["occupation"]])
    zh, en = GENDERS[gender]
    person = voice.say(zh=f"{zh}，{age} 岁，{occupation}", en=f"{en}, {age}, {occupation}")
    tie = getattr(tie_name(stage, other["strength"], other["love"]), voice.language)
    regard = ""
    if other["regard"] >= FOND:
        regard = voice.say(zh="，你喜欢 TA", en="; you are fond of them")
    elif other["regard"] <= AVERSE:
        regard = voice.say(zh="，你看不惯 TA", en="; you dislike them")
    parts = [
        voice.say(
            zh=f"{voice.person(other['number'])}，{person}，你的{tie}"
            f"（亲近 {other['strength'] // POINT}/100{regard}）",
            en=f"{voice.person(other['number'])}, {person}, your {tie}"
            f" (closeness {other['strength'] // POINT}/100{regard})",
        )
    ]
    if other["talks"]:
        parts.append(_last_talk(voice, other, time))
    else:
        parts.append(voice.say(zh="你们从没说过话", en="you have never talked"))
    if other["sore"]:
        parts.append(voice.say(zh="你们吵过架，还没和好", en="you quarrelled and have not made up"))
    if other["love"] == Love.PARTED:
        parts.append(voice.say(zh="你们分手了", en="you have broken up"))
    return voice.say(zh="；", en="; ").join(parts)


def _last_talk(voice: Voice, other: Mapping[str, Any], time: int) -> str:
    days = time // DAY - other["met_at"] // DAY
    ago_zh = "今天" if not days else "昨天" if days == 1 else f"{days} 天前"
    ago_en = "today" if not days else "yesterday" if days == 1 else f"{days} days ago"
    zh, en = (
        f"谈过 {other['talks']} 次，上次是{ago_zh}",
        (f"you have talked {other['talks']} times, last {ago_en}"),
    )
    if other["topic"]:
        name = topic_name(voice.stage, Topic(other["topic"]).name.lower())
        zh, en = f"{zh}，谈的是{name['zh']}", f"{en}, about {name['en']}"
    return voice.say(zh=zh, en=en)


def _both(words: tuple[str, str]) -> dict[str, str]:
    return {"zh": words[0], "en": words[1]}
