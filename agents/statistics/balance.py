"""Balance: what the town lacks or has too much of, and how healthy it is on the whole."""

from pydantic import BaseModel, Field

from agents.conversations.network import figures_of, network_of
from agents.models import AgentState, Position
from agents.selectors import condition_of, residents
from economy.models import Business, DayFigures
from world.answers import Named, named
from world.engine.lines import POINT
from world.models import World
from world.rest.language import say
from world.stage import Stage

FULL_HEALTH = 100
CROWDED = 90
"""Per cent of beds or posts that are taken from which on there are too few."""


class JobGap(BaseModel):
    """Posts of an occupation at a place that nobody has."""

    location: Named
    occupation: str
    free: int
    posts: int


class Complaint(BaseModel):
    """What is wrong. costs: points of health. text: in the language of whoever asks."""

    code: str
    costs: int
    text: str


class Balance(BaseModel):
    """The balance of a town. health: what the complaints have left of it."""

    world_time: str
    health: int = Field(ge=0, le=100)
    complaints: list[Complaint]
    job_gaps: list[JobGap]
    seekers: int = Field(description="Residents without work who want some.")
    isolated: list[Named] = Field(description="Residents without a tie.")
    beds_taken: int = Field(description="Per cent.")
    closed_businesses: list[Named]


def balance(world: World, stage: Stage) -> Balance:
    """The report, as of the last commit."""
    people = list(residents(world))
    gaps, posts = _job_gaps(world, stage)
    isolated = figures_of(network_of(world, stage), stage).isolated
    occupations = stage.constants["occupations"]
    seekers = sum(person.state.occupation == occupations.seeking for person in people)
    employed = sum(occupations.pay[person.state.occupation] > 0 for person in people)
    beds = int(stage.constants["beds"].sum())
    taken = len(people) * 100 // max(beds, 1)
    closed = Business.objects.filter(actor__world=world, closed_at__gt=0)
    happiness = condition_of(people, stage, world.lived_until).happiness
    complaints = _complaints(
        free=sum(gap.free for gap in gaps) * 100 // max(posts, 1),
        idle=seekers * 100 // max(seekers + employed, 1),
        isolated=len(isolated) * 100 // max(len(people), 1),
        closed=closed.count(),
        beds=taken,
        gloom=max(50 - int(happiness.mean()) // POINT, 0) if people else 0,
        gini=_gini(world),
    )
    return Balance(
        world_time=stage.time(world.lived_until),
        health=max(FULL_HEALTH - sum(each.costs for each in complaints), 0),
        complaints=complaints,
        job_gaps=gaps,
        seekers=seekers,
        isolated=[named(stage.person(number)) for number in isolated],
        beds_taken=taken,
        closed_businesses=[
            named(stage.place(place))
            for place in closed.order_by("place").values_list("place", flat=True)
        ],
    )


def _job_gaps(world: World, stage: Stage) -> tuple[list[JobGap], int]:
    """Free posts, the most first, and how many posts there are."""
    held: dict[tuple[int, int], int] = {}
    states = AgentState.objects.filter(actor__world=world, shift__gt=0)
    for place, shift in states.values_list("workplace", "shift"):
        held[place, shift] = held.get((place, shift), 0) + 1
    gaps, posts = [], 0
    for position in Position.objects.filter(world=world).order_by("number"):
        posts += position.posts
        free = position.posts - held.get((position.place, position.shift), 0)
        if free > 0:
            gaps.append(
                JobGap(
                    location=named(stage.place(position.place)),
                    occupation=stage.constants["occupations"].keys[position.occupation],
                    free=free,
                    posts=position.posts,
                )
            )
    return sorted(gaps, key=lambda gap: (-gap.free, gap.location.id)), posts


def _gini(world: World) -> int:
    """Per cent, of the last day that was settled."""
    last = DayFigures.objects.filter(world=world).order_by("midnight").last()
    return last.gini // 10 if last else 0


def _complaints(**found: int) -> list[Complaint]:
    """What of these figures, per cent but for `closed`, is too much; the worst first."""
    told: list[tuple[str, int, str]] = [
        (
            "job_gaps",
            min(max(found["free"] - 25, 0) // 2, 20),
            say(
                zh=f"{found['free']}% 的岗位空着。", en=f"{found['free']} % of the posts are free."
            ),
        ),
        (
            "unemployment",
            min(max(found["idle"] - 5, 0), 30),
            say(
                zh=f"想工作的人里有 {found['idle']}% 没有工作。",
                en=f"{found['idle']} % of those who want to work are without.",
            ),
        ),
        (
            "isolation",
            min(found["isolated"], 20),
            say(
                zh=f"{found['isolated']}% 的居民没有熟人。",
                en=f"{found['isolated']} % of the residents know nobody.",
            ),
        ),
        (
            "closed_businesses",
            min(found["closed"] * 5, 20),
            say(
                zh=f"{found['closed']} 家店停业。", en=f"Places out of business: {found['closed']}."
            ),
        ),
        (
            "beds",
            10 if found["beds"] >= CROWDED else 0,
            say(
                zh=f"{found['beds']}% 的床位有人住。",
                en=f"{found['beds']} % of the beds are taken.",
            ),
        ),
        (
            "unhappiness",
            min(found["gloom"], 30),
            say(
                zh=f"平均快乐度比 50 低 {found['gloom']}。",
                en=f"Happiness is {found['gloom']} below 50 on average.",
            ),
        ),
        (
            "inequality",
            min(max(found["gini"] - 50, 0), 20),
            say(
                zh=f"基尼系数是 {found['gini'] / 100:.2f}。",
                en=f"The Gini coefficient is {found['gini'] / 100:.2f}.",
            ),
        ),
    ]
    costly = [Complaint(code=code, costs=costs, text=text) for code, costs, text in told if costs]
    return sorted(costly, key=lambda each: (-each.costs, each.code))
