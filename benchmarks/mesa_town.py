"""The peer: an equivalent town in Mesa 3.3, in memory, one step to a game minute.

Residents have the same six needs, which sink every minute; whoever is free weighs every need at
every place that serves it (what is lacking, less the way there) and draws one, the better the
likelier; walks a cell a minute to it, stays as long as such things take, and pays somebody there.
What happened is appended to a list. There is no closing time, capacity, route, weather or skill,
and nothing is stored.
"""

import math

import mesa
from mesa.discrete_space import CellAgent, OrthogonalMooreGrid

SINKING = (3.3, 4.0, 1.5, 1.8, 1.0, 0.8)
"""Points per game hour: energy, satiety, social, fun, hygiene, comfort."""
MINUTES = ((30, 480), (20, 45), (10, 40), (45, 120), (15, 30), (20, 60))
GAIN_PER_MINUTE = (0.15, 2.0, 0.5, 0.3, 2.5, 0.2)
PRICE = (0, 50, 0, 60, 0, 0)
TEMPERATURE = 3
SIDE = 100
"""Cells to a side of the map, as in a district."""


class Resident(CellAgent):
    """Somebody with needs, money, and at most one thing to do at a time."""

    def __init__(self, model: "MesaTown", cell: object) -> None:
        super().__init__(model)
        self.cell = cell
        self.needs = [model.random.uniform(60, 95) for _ in SINKING]
        self.money = 10_000
        self.goal: tuple[int, int] | None = None
        self.doing = 0
        self.minutes = 0

    def step(self) -> None:
        """Live a minute."""
        needs = self.needs
        for index, points in enumerate(SINKING):
            needs[index] = max(needs[index] - points / 60, 0)
        if self.goal is not None:
            self.walk()
        elif self.minutes > 0:
            self.minutes -= 1
            needs[self.doing] = min(needs[self.doing] + GAIN_PER_MINUTE[self.doing], 100)
            if self.minutes == 0:
                self.pay()
        else:
            self.choose()

    def choose(self) -> None:
        """Draw a need and a place that serves it, the better the likelier."""
        x, y = self.cell.coordinate
        options, weights = [], []
        for need, places in enumerate(self.model.places):
            lack = (100 - self.needs[need]) ** 2 / 100
            for place in places:
                way = max(abs(place[0] - x), abs(place[1] - y)) / 5
                options.append((need, place))
                weights.append(math.exp((lack - way) / TEMPERATURE))
        self.doing, self.goal = self.random.choices(options, weights)[0]
        self.model.history.append((self.model.steps, self.unique_id, self.doing, self.goal))

    def walk(self) -> None:
        """A step towards the goal; there, begin."""
        x, y = self.cell.coordinate
        goal_x, goal_y = self.goal
        if (x, y) == self.goal:
            self.goal = None
            self.model.history.append((self.model.steps, self.unique_id, self.doing, None))
            self.minutes = self.random.randint(*MINUTES[self.doing])
            return
        step = (x + (goal_x > x) - (goal_x < x), y + (goal_y > y) - (goal_y < y))
        self.cell = self.model.grid[step]

    def pay(self) -> None:
        """Money for somebody in the same place."""
        price = PRICE[self.doing]
        if price and self.money >= price:
            others = [agent for agent in self.cell.agents if agent is not self]
            if others:
                self.money -= price
                self.random.choice(others).money += price


class MesaTown(mesa.Model):
    """A town of `residents` on one grid."""

    def __init__(self, residents: int, seed: int) -> None:
        super().__init__(seed=seed)
        self.history: list[tuple[object, ...]] = []
        self.grid = OrthogonalMooreGrid((SIDE, SIDE), capacity=None, random=self.random)
        cells = self.grid.all_cells.cells
        self.places = [[self.random.choice(cells).coordinate for _ in range(6)] for _ in SINKING]
        for _ in range(residents):
            Resident(self, self.random.choice(cells))

    def step(self) -> None:
        """Let everybody live a minute, in random order."""
        self.agents.shuffle_do("step")
