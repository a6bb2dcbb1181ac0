"""REST: what residents earn, spend and owe, and the businesses of the town."""

import datetime as dt
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.api import agent_of
from agents.finances.answers import BusinessDetail, BusinessPage, LoanPage, TransactionPage
from agents.finances.businesses import business_detail, business_lines
from agents.finances.reading import loan_lines, transaction_lines
from economy.models import Loan
from economy.money import Category
from economy.selectors import businesses, loans_of, transfers_of
from world.api import WORLD
from world.rest.asked import choice, day_of, number, page_of, world_of
from world.rest.errors import not_found
from world.stage import stage_of

PAGED = [
    OpenApiParameter("page", int),
    OpenApiParameter("limit", int, description="1 to 100, 20 without."),
]
CATEGORIES = {category.name.lower(): category for category in Category}
STATES = {state.name.lower(): state for state in Loan.State}


class TransactionsView(APIView):
    """What a resident was paid and paid, the latest first."""

    @extend_schema(
        operation_id="agent_transactions_list",
        parameters=[
            WORLD,
            *PAGED,
            OpenApiParameter("category", str, enum=[*CATEGORIES], description="Only for this."),
            OpenApiParameter("direction", str, enum=["in", "out"]),
            OpenApiParameter(
                "day",
                dt.date,
                description="Only of this day of the town's, with the settlement at its end.",
            ),
        ],
        responses=TransactionPage,
    )
    def get(self, request: Request, agent_id: str) -> Response:
        world = world_of(request)
        person, stage = agent_of(world, agent_id), stage_of(world)
        told = transfers_of(
            world,
            person.number,
            direction=choice(request, "direction", ("in", "out")),  # type: ignore[arg-type]
            category=CATEGORIES.get(choice(request, "category", tuple(CATEGORIES))),
            day=day_of(request, world.first_day, "day"),
        )
        which, page = page_of(request, told)
        lines = transaction_lines(stage, world, person.number, list(page))
        return Response(TransactionPage(**which, transactions=lines).model_dump(mode="json"))


class LoansView(APIView):
    """What a resident lent and borrowed, the latest first."""

    @extend_schema(
        operation_id="agent_loans_list",
        parameters=[
            WORLD,
            *PAGED,
            OpenApiParameter("role", str, enum=["lender", "borrower"]),
            OpenApiParameter("state", str, enum=[*STATES]),
        ],
        responses=LoanPage,
    )
    def get(self, request: Request, agent_id: str) -> Response:
        world = world_of(request)
        person, stage = agent_of(world, agent_id), stage_of(world)
        role: Any = choice(request, "role", ("lender", "borrower"))
        told = loans_of(world, person.number, role=role)
        if state := choice(request, "state", tuple(STATES)):
            told = told.filter(state=STATES[state])
        which, page = page_of(request, told)
        answer = LoanPage(**which, loans=loan_lines(stage, list(page)))
        return Response(answer.model_dump(mode="json"))


class BusinessesView(APIView):
    """Whoever runs a place, by number."""

    @extend_schema(
        operation_id="businesses_list",
        parameters=[
            WORLD,
            *PAGED,
            OpenApiParameter("trading", str, enum=["true", "false"]),
            OpenApiParameter("owner", int, description="Only those of this resident."),
        ],
        responses=BusinessPage,
    )
    def get(self, request: Request) -> Response:
        world = world_of(request)
        stage, told = stage_of(world), businesses(world)
        if trading := choice(request, "trading", ("true", "false")):
            told = told.filter(closed_at=0) if trading == "true" else told.exclude(closed_at=0)
        if owner := number(request, "owner", 0, lowest=0, highest=2**31 - 1):
            told = told.filter(owner=owner)
        which, page = page_of(request, told)
        answer = BusinessPage(**which, businesses=business_lines(world, stage, list(page)))
        return Response(answer.model_dump(mode="json"))


class BusinessView(APIView):
    """One business, with what it took in and paid lately, and who works there."""

    @extend_schema(parameters=[WORLD], responses=BusinessDetail)
    def get(self, request: Request, business_id: str) -> Response:
        world = world_of(request)
        known = business_id.isdecimal() and len(business_id) < 10
        told = businesses(world).filter(actor__number=business_id).first() if known else None
        if told is None:
            raise not_found("NOT_FOUND", zh="没有这家商户。", en="There is no such business.")
        answer = business_detail(world, stage_of(world), told)
        return Response(answer.model_dump(mode="json"))
