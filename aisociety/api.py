"""REST: what belongs to no floor alone."""

from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from aisociety.doctor import examine
from world.api import WORLD
from world.examination import Finding
from world.rest.asked import world_of
from world.rest.permissions import ResearchersReadOperatorsWrite


class Examination(BaseModel):
    """What the doctor found; `healthy` if nothing is ill."""

    healthy: bool
    findings: list[Finding]


class DoctorView(APIView):
    """Why is nobody thinking: every check, how it went, and what to do."""

    permission_classes = [ResearchersReadOperatorsWrite]

    @extend_schema(parameters=[WORLD], responses=Examination)
    def get(self, request: Request) -> Response:
        found = examine(world_of(request))
        healthy = all(finding.condition != "ill" for finding in found)
        return Response(Examination(healthy=healthy, findings=found).model_dump(mode="json"))
