"""The peer: an equivalent town in Mesa 3.3, in memory, one step to a game minute.

Plain Mesa, written as its tutorials do: an agent class with a `step`, an OrthogonalMooreGrid, and
`shuffle_do`. Residents have the same six needs, whose rates depend on their character, on what they
do and on whether anybody is near; whoever is free weighs every place that is open, by what is
lacking less the way and the price, or goes to work in their hours, and draws, the better the
likelier; walks there at our speed; is let in if there is a seat; stays as long as such things take;
pays for it, or is paid; and learns. What happened is appended to a list. There are no routes,
weather or reasons in words, and nothing is stored.
"""

import logging
import math
from dataclasses import dataclass, field

import mesa
from mesa.discrete_space import CellAgent, OrthogonalMooreGrid

logging.getLogger("MESA").setLevel(logging.WARNING)  # a line a step would slow it down

NEEDS = range(6)
ENERGY, SATIETY, SOCIAL, FUN, HYGIENE, COMFORT = NEEDS
SINKING = (-3.3, -4.0, -1.5, -1.8, -1.0, -0.8)
"""Points per game hour of energy, satiety, social, fun, hygiene and comfort."""
SERVING = (9.0, 120.0, 26.0, 12.0, 150.0, 10.0)
"""Points per game hour of the need that is served, by need."""
WORKING = (-4.5, -4.0, -0.4, -1.2, -1.0, -0.8)
MINUTES = ((30, 600), (20, 45), (15, 45), (30, 75), (15, 30), (20, 60))
"""How long it takes to serve each need; sleep, the first, as long as one is tired."""
PRICE = (0, 50, 0, 60, 0, 0)
HOURS = ((0, 24), (7, 23), (0, 24), (10, 23), (0, 24), (6, 22))
WORK = 6
"""The code of what is no need."""
SHIFT = (9, 17)
WAGE = 80
TEMPERATURE = 3
PLACES_OF_A_KIND = 6
SIDE = 100
"""Cells to a side of the map, as in a district."""
CELLS_A_MINUTE = 15


@dataclass(eq=False)
class Place:
    """Somewhere that serves a need, or where one works."""

    serves: int
    coordinate: tuple[int, int]
    capacity: int
    inside: set["Resident"] = field(default_factory=set)

    def is_open(self, hour: int) -> bool:
        opens, closes = SHIFT if self.serves == WORK else HOURS[self.serves]
        return opens <= hour < closes


class Resident(CellAgent):
    """Somebody with needs, money, a job, and at most one thing to do at a time."""

    def __init__(self, model: "MesaTown", cell: object, workplace: Place) -> None:
        super().__init__(model)
        self.cell = cell
        self.needs = [model.random.uniform(60, 95) for _ in NEEDS]
        character = [model.random.uniform(0.7, 1.3) for _ in NEEDS]
        self.sinking = [rate * bent for rate, bent in zip(SINKING, character, strict=True)]
        self.money = 10_000
        self.skill = 50.0
        self.workplace = workplace
        self.goal: Place | None = None
        self.place: Place | None = None
        self.doing = -1
        self.minutes = 0
        self.worked = 0

    def step(self) -> None:
        """Live a minute."""
        self.feel()
        if self.goal is not None:
            self.walk()
        elif self.minutes > 0:
            self.minutes -= 1
            if self.minutes == 0:
                self.finish()
        else:
            self.choose()

    def feel(self) -> None:
        """Let every need go on for a minute, at the rate of what is done."""
        needs, sinking = self.needs, self.sinking
        busy = self.doing if self.place is not None else -1
        rates = WORKING if busy == WORK else sinking
        alone = self.place is None or len(self.place.inside) == 1
        for need in NEEDS:
            rate = SERVING[need] if need == busy else rates[need]
            if need == SOCIAL and alone and rate < 0:
                rate *= 2
            needs[need] = min(max(needs[need] + rate / 60, 0.0), 100.0)

    def choose(self) -> None:
        """Draw one of the places that are open, the better the likelier."""
        x, y = self.cell.coordinate
        hour = self.model.hour
        options, weights = [], []
        for place in (*self.model.places, self.workplace):
            if not place.is_open(hour):
                continue
            if place.serves == WORK:
                worth = 25.0
            else:
                price = PRICE[place.serves]
                if price > self.money:
                    continue
                worth = (100 - self.needs[place.serves]) ** 2 / 100 - price * 0.03
            there = place.coordinate
            way = max(abs(there[0] - x), abs(there[1] - y)) / CELLS_A_MINUTE
            options.append(place)
            weights.append(math.exp((worth - way) / TEMPERATURE))
        self.leave()
        self.goal = self.random.choices(options, weights)[0]
        self.tell("goes")

    def walk(self) -> None:
        """Some way towards the goal; there, begin, if there is a seat."""
        goal = self.goal
        x, y = self.cell.coordinate
        if (x, y) != goal.coordinate:
            step = (x + _towards(goal.coordinate[0] - x), y + _towards(goal.coordinate[1] - y))
            self.cell = self.model.grid[step]
            return
        self.goal = None
        if len(goal.inside) >= goal.capacity or not goal.is_open(self.model.hour):
            self.tell("is turned away")
            return
        goal.inside.add(self)
        self.place = goal
        self.doing = goal.serves
        self.minutes = self.duration()
        self.worked = self.minutes
        if self.doing != WORK:
            self.money -= PRICE[self.doing]
        self.tell("begins")

    def duration(self) -> int:
        """Minutes that what begins will take."""
        if self.doing == WORK:
            return self.random.randint(60, 150)
        shortest, longest = MINUTES[self.doing]
        if self.doing == ENERGY:
            tired = (100 - self.needs[ENERGY]) / SERVING[ENERGY] * 60
            return min(max(int(tired), shortest), longest)
        return self.random.randint(shortest, longest)

    def finish(self) -> None:
        """Work is paid and practised."""
        if self.doing == WORK:
            hours = self.worked / 60
            self.skill = min(self.skill + hours * 0.1, 100)
            self.money += WAGE * hours * (1 + (self.skill - 50) * 0.005)
            self.tell("is paid")

    def leave(self) -> None:
        """Be in no place any more."""
        if self.place is not None:
            self.place.inside.discard(self)
            self.place = None
        self.doing = -1

    def tell(self, what: str) -> None:
        """Keep what happened, in memory."""
        self.model.history.append((self.model.steps, self.unique_id, what, self.doing))


def _towards(distance: int) -> int:
    """As much of the way along one axis as a minute allows."""
    return max(-CELLS_A_MINUTE, min(distance, CELLS_A_MINUTE))


class MesaTown(mesa.Model):
    """A town of `residents` on one grid, with seats for all of them."""

    def __init__(self, residents: int, seed: int) -> None:
        super().__init__(seed=seed)
        self.history: list[tuple[object, ...]] = []
        self.hour = 6
        self.grid = OrthogonalMooreGrid((SIDE, SIDE), capacity=None, random=self.random)
        cells = self.grid.all_cells.cells
        self.places = [
            Place(need, self.random.choice(cells).coordinate, max(residents // 2, 2))
            for need in NEEDS
            for _ in range(PLACES_OF_A_KIND)
        ]
        workplaces = [
            Place(WORK, self.random.choice(cells).coordinate, residents)
            for _ in range(PLACES_OF_A_KIND)
        ]
        for _ in range(residents):
            Resident(self, self.random.choice(cells), self.random.choice(workplaces))

    def step(self) -> None:
        """Let everybody live a minute, in random order."""
        self.hour = (6 + self.steps // 60) % 24
        self.agents.shuffle_do("step")
