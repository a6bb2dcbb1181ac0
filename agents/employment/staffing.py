"""Staffing: how many posts a place has follows what it has to do, and what it can pay."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.employment import posts
from agents.employment.posts import Posts
from agents.employment.rules import StaffingSpec
from world.engine.columns import Rows
from world.engine.places import Places

READS = (
    *posts.READS,
    "businesses.customers",
    "businesses.losing",
    "livelihoods.jobless_days",
    "livelihoods.performance",
)
WRITES = ("positions.posts",)


class Staffing:
    """columns: granted tables, READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.positions = columns.positions
        self.posts = Posts(columns, constants)
        self.places: Places = constants["places"]
        self.rules: StaffingSpec = constants["employment"].staffing

    def follow_demand(self) -> None:
        """A place that served too many yesterday, all posts taken, wants one more on some shift."""
        p, rows = self.positions, self.positions.of(0)
        if not len(rows):
            return
        business = self.posts.enterprises.rows_of_places[p.place[rows]]
        customers = self.posts.enterprises.businesses.customers[business].astype(np.int64)
        count = p.posts[rows].astype(np.int64)
        taken = self.posts.taken()
        staff = np.bincount(business, weights=taken, minlength=int(business.max()) + 1)[business]
        busy = (staff > 0) & (customers > self.rules.customers * staff) & (taken >= count)
        # The shift with the fewest posts comes first, and of these the first.
        wanting = rows[busy][np.lexsort((rows[busy], count[busy], business[busy]))]
        _, first = np.unique(
            self.posts.enterprises.rows_of_places[p.place[wanting]], return_index=True
        )
        more = wanting[first]
        p.posts[more] = np.minimum(p.posts[more] + 1, self.rules.most)

    def follow_hands(self, seekers: Rows) -> None:
        """A business that works for the world outside, all posts taken and seats left, wants one
        more of somebody who has been without work for long; the best paid, one in the town a day.
        """
        idle = seekers[self.livelihoods.jobless_days[seekers] >= self.rules.idle_days]
        p, rows = self.positions, self.positions.of(0)
        if not len(idle) or not len(rows):
            return
        enterprises, place = self.posts.enterprises, p.place[rows]
        business, count = enterprises.rows_of_places[place], p.posts[rows].astype(np.int64)
        outside = (enterprises.terms.bought > 0) & ~enterprises.terms.public
        staff = np.bincount(place, weights=count)[place]
        room = staff * 100 < self.places.capacity[place - 1] * self.rules.seats
        full = self.posts.taken() >= count
        wanting = rows[outside[business] & enterprises.trading()[place] & room & full]
        pay = self.posts.occupations.pay[p.occupation[wanting]]
        for row in wanting[np.argsort(-pay, kind="stable")].tolist():
            if len(self.posts.able(idle, int(p.occupation[row]))):
                p.posts[row] = p.posts[row] + 1
                return

    def cut(self) -> Rows:
        """Whom places must let go that lose money: of those who lose it long enough, whoever does
        worst of those who share a post, which is given up; somebody always stays."""
        p, r = self.positions, self.residents
        rows = p.of(0)
        business = self.posts.enterprises.rows_of_places[p.place[rows]]
        losing = self.posts.enterprises.businesses.losing[business] >= self.rules.losing_days
        spare = losing & (p.posts[rows] > 1)
        gone = []
        for row in rows[spare].tolist():
            staff = np.flatnonzero((r.workplace[:] == p.place[row]) & (r.shift[:] == p.shift[row]))
            p.posts[row] = p.posts[row] - 1
            if len(staff) > p.posts[row]:
                gone.append(staff[self.livelihoods.performance[staff].argmin()])
        return np.array(sorted(gone), dtype=np.int64)
