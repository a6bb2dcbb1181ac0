"""REST: asking a resident something."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.api import resident_of
from agents.interviews.answers import Answered, InMind, Question
from agents.interviews.asking import interview
from agents.presentation import source_name
from agents.remembering.answers import Scores
from world.answers import Named
from world.api import WORLD
from world.rest.asked import body_of, living_world_of
from world.rest.language import language, name_of
from world.stage import stage_of


class InterviewView(APIView):
    """A question to a resident, answered in character as of the last commit."""

    @extend_schema(parameters=[WORLD], request=Question, responses=Answered)
    def post(self, request: Request, agent_id: str) -> Response:
        world = living_world_of(request)
        person, stage = resident_of(world, agent_id), stage_of(world)
        asked = body_of(request, Question)
        answer = interview(
            world=world,
            stage=stage,
            agent=person,
            question=asked.question,
            before=[(each.question, each.answer) for each in asked.before],
            remember=asked.remember,
            told_by=request.user.get_username(),
        )
        told = Answered(
            agent=Named(id=person.number, name=name_of(person)),
            world_time=stage.time(world.lived_until),
            question=asked.question,
            answer=answer.text,
            source=source_name(answer.source),
            stand_in=answer.stand_in,
            model=answer.model,
            thought=answer.thought,
            memories=[
                InMind(
                    time=stage.time(each["at"]),
                    text=each[language()],
                    scores=Scores(**{part: each[part] for part in Scores.model_fields}),
                )
                for each in answer.remembered
            ],
            remembered_at=stage.time(answer.told.at) if answer.told else None,
        )
        return Response(told.model_dump(mode="json"))
