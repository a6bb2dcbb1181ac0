"""The peer: an equivalent town in Mesa 3.3, in memory, one step to a game minute.

Residents have the same six needs, which sink every minute; whoever is free goes for the need that
lacks most, walks a cell a minute to a place that serves it, stays as long as such things take, and
pays another resident for it. Nothing is stored, and there is no closing time, capacity or route.
"""

import mesa
from mesa.discrete_space import CellAgent, OrthogonalMooreGrid

SINKING = (3.3, 4.0, 1.5, 1.8, 1.0, 0.8)
"""Points per game hour: energy, satiety, social, fun, hygiene, comfort."""
MINUTES = ((30, 480), (20, 45), (10, 40), (45, 120), (15, 30), (20, 60))
GAIN_PER_MINUTE = (0.15, 2.0, 0.5, 0.3, 2.5, 0.2)
PRICE = (0, 50, 0, 60, 0, 0)
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
        """Go for what lacks most, at one of the places that serve it."""
        self.doing = min(range(len(self.needs)), key=self.needs.__getitem__)
        self.goal = self.random.choice(self.model.places[self.doing])

    def walk(self) -> None:
        """A step towards the goal; there, begin."""
        x, y = self.cell.coordinate
        goal_x, goal_y = self.goal
        if (x, y) == self.goal:
            self.goal = None
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
        self.grid = OrthogonalMooreGrid((SIDE, SIDE), capacity=None, random=self.random)
        cells = self.grid.all_cells.cells
        self.places = [[self.random.choice(cells).coordinate for _ in range(6)] for _ in SINKING]
        for _ in range(residents):
            Resident(self, self.random.choice(cells))

    def step(self) -> None:
        """Let everybody live a minute, in random order."""
        self.agents.shuffle_do("step")
