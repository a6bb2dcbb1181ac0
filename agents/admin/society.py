"""Admin: the social network of each world in figures, and files of it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from agents.conversations.network_files import FORMATS
from agents.models import Agent, Society
from agents.statistics.answers import Society as Told
from agents.statistics.society import society
from world.admin import ReadOnly
from world.answers import Named
from world.rest.language import language, say, say_lazily
from world.rest.tables import FORMATS as TABLES
from world.stage import stage_of

FIGURES = (
    "residents",
    "ties",
    "density",
    "clustering",
    "components",
    "largest",
    "strength",
    "kinds",
    "talks_today",
    "talks",
    "connected",
    "isolated",
    "files",
)


SHOWN = 30
"""Residents without a tie who are named."""


@admin.register(Society)
class SocietyAdmin(ReadOnly):
    """What is reckoned from all ties of a town, so a list shows worlds only."""

    list_display = ("slug", "name_zh", "name_en", "status")
    fields = readonly_fields = FIGURES

    @display(description=say_lazily(zh="居民", en="residents"))
    def residents(self, world: Society) -> int:
        """How many live there."""
        return _told(world).social.residents

    @display(description=say_lazily(zh="关系（熟人以上）", en="ties, of acquaintances and closer"))
    def ties(self, world: Society) -> int:
        """How many pairs are tied."""
        return _told(world).social.ties

    @display(description=say_lazily(zh="密度（0–1）", en="density, 0–1"))
    def density(self, world: Society) -> str:
        """Ties of those that could be."""
        return f"{_told(world).social.density:.3f}"

    @display(description=say_lazily(zh="平均聚类系数（0–1）", en="average clustering, 0–1"))
    def clustering(self, world: Society) -> str:
        """How often two whom somebody knows know each other."""
        return f"{_told(world).social.average_clustering:.3f}"

    @display(description=say_lazily(zh="连通分量（互不相识的圈子）", en="components"))
    def components(self, world: Society) -> int:
        """Parts of the town that do not know each other."""
        return _told(world).social.components

    @display(description=say_lazily(zh="最大圈子的人数", en="residents in the largest component"))
    def largest(self, world: Society) -> int:
        """Residents in the biggest part."""
        return _told(world).social.largest_component

    @display(description=say_lazily(zh="平均强度（0–100）", en="mean strength, 0–100"))
    def strength(self, world: Society) -> str:
        """Of ties."""
        return f"{_told(world).social.mean_strength:.1f}"

    @display(description=say_lazily(zh="各类关系", en="kinds of ties"))
    def kinds(self, world: Society) -> str:
        """How many ties are of each kind."""
        names = {tie.key: tie.name for tie in stage_of(world).constants["talk"].spec.ties}
        counts = _told(world).social.ties_by_kind.items()
        return " · ".join(f"{getattr(names[key], language())} {count}" for key, count in counts)

    @display(description=say_lazily(zh="今天的对话", en="conversations today"))
    def talks_today(self, world: Society) -> str:
        """Since midnight, and for each resident."""
        social = _told(world).social
        count, mean = social.conversations_today, social.mean_talks_today
        return say(zh=f"{count}（人均 {mean:g}）", en=f"{count} ({mean:g} a resident)")

    @display(description=say_lazily(zh="至今的对话", en="conversations so far"))
    def talks(self, world: Society) -> int:
        """All of them."""
        return _told(world).social.conversations_total

    @display(
        description=say_lazily(
            zh="认识人最多的人（关系数，强度之和）", en="most connected (ties, sum of strengths)"
        )
    )
    def connected(self, world: Society) -> SafeString | str:
        """Who has most ties, and the sum of their strengths."""
        found = _told(world).social.most_connected
        if not found:
            return "—"
        links = _links(world, [each.agent for each in found])
        rows = [
            (link, each.ties, f"{each.strength:.0f}")
            for link, each in zip(links, found, strict=True)
        ]
        items = format_html_join("", "<li>{}: {}, {}</li>", rows)
        return format_html('<ol class="list-decimal pl-4">{}</ol>', items)

    @display(description=say_lazily(zh="没有熟人的人", en="without a tie"))
    def isolated(self, world: Society) -> SafeString | str:
        """Residents who know nobody well."""
        everyone = _told(world).social.isolated
        links = _links(world, everyone[:SHOWN])
        if len(everyone) > SHOWN:
            links.append(f"… ({len(everyone)})")
        return format_html_join(", ", "{}", ([link] for link in links)) or "—"

    @display(description=say_lazily(zh="下载", en="files"))
    def files(self, world: Society) -> SafeString:
        """What was said, and the network, as files in the reader's language."""
        doors = (
            (
                say_lazily(zh="全部对话", en="all that was said"),
                "export-conversations",
                tuple(TABLES),
            ),
            (
                say_lazily(zh="人际关系网", en="the social network"),
                "export-social-network",
                tuple(FORMATS),
            ),
            (
                say_lazily(zh="全部收支", en="all that was paid"),
                "export-transactions",
                tuple(TABLES),
            ),
            (
                say_lazily(zh="每日经济数据", en="the economy, day by day"),
                "export-timeseries",
                tuple(TABLES),
            ),
        )
        rows = [
            (what, format_html_join(" · ", '<a class="underline" href="{}">{}</a>', links))
            for what, door, formats in doors
            for links in [[(_address(world, door, each), each.upper()) for each in formats]]
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", rows))


def _told(world: Any) -> Told:
    """The figures of a world; reckoned once for all fields of a page."""
    known = vars(world)
    if "_told" not in known:
        known["_told"] = society(world, stage_of(world))
    told: Told = known["_told"]
    return told


def _links(world: Society, people: list[Named]) -> list[str]:
    """Names that lead to the residents' own pages."""
    numbers = [person.id for person in people]
    residents = Agent.objects.filter(actor__world_id=world.pk, actor__number__in=numbers)
    keys = dict(residents.values_list("actor__number", "pk"))
    return [
        format_html(
            '<a class="underline" href="{}">{}</a>',
            reverse("admin:agents_agent_change", args=[keys[person.id]]),
            person.name,
        )
        for person in people
    ]


def _address(world: Society, door: str, wanted: str) -> str:
    query = urlencode({"world": world.slug, "format": wanted, "lang": language()})
    return f"{reverse(door)}?{query}"
