"""Admin: the form in which operators let something be known, and the page that it stands on."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from agents.news.answers import Gathering, NewAnnouncement
from agents.news.commands import NoSuchTimeError, announce
from agents.news.rules import URGENCIES
from agents.selectors import residents
from agents.systems.news import LONGEST
from world.labels import in_words
from world.models import InboxEntry, World
from world.ordering import ordering
from world.rest.language import language, name_of, say, say_lazily
from world.stage import Stage

MEANINGS = {
    "low": say_lazily(
        zh="此刻在场的人，有一部分会听到。", en="some of those who are there now hear it"
    ),
    "normal": say_lazily(zh="此刻在场的人都会听到。", en="all who are there now hear it"),
    "high": say_lazily(
        zh="此刻在场的人，以及消息有效期间进来的人，都会听到。",
        en="all who are there now hear it, and whoever comes in while it is news",
    ),
    "urgent": say_lazily(
        zh="没有指定地点时，所有人都会立刻听到，睡着的也会；有地点时，和“高”一样的人会听到，但更要紧。",
        en="without a place everybody hears it at once, even asleep; in a place it is as high, but"
        " matters more",
    ),
}
"""What each urgency means for who hears of something."""


def _whom(*, zh: str, en: str, none: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """A place or a resident by number; `none` stands for no choice."""
    field = forms.TypedChoiceField(
        label=say_lazily(zh=zh, en=en),
        required=False,
        coerce=int,
        empty_value=None,
        widget=UnfoldAdminSelectWidget,
        help_text=help_text,
    )
    field.none = none  # type: ignore[attr-defined]
    return field


def _text(*, zh: str, en: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=say_lazily(zh=zh, en=en),
        required=False,
        max_length=LONGEST,
        widget=UnfoldAdminTextareaWidget({"rows": 3, "maxlength": None}),
        help_text=help_text,
    )


def _meaning(key: str) -> str:
    return say(zh=f"{in_words(key)}：{MEANINGS[key]}", en=f"{key}: {MEANINGS[key]}")


class AnnouncementForm(forms.Form):
    """What is to be known in a world: an announcement, or a gathering if it has a host."""

    text = _text(zh="中文内容", en="Text in Chinese")
    text_en = _text(
        zh="英文内容",
        en="Text in English",
        help_text=say_lazily(
            zh="只写一种语言也行，另一种语言会用同样的话。聚会可以不写。",
            en="One language is enough; it is then told in the same words in both. A gathering"
            " needs none.",
        ),
    )
    urgency = forms.ChoiceField(
        label=say_lazily(zh="紧急程度", en="Urgency"),
        initial="normal",
        widget=UnfoldAdminRadioSelectWidget,
    )
    place = _whom(
        zh="地点",
        en="Place",
        none=say_lazily(zh="全镇公共场所", en="all public places"),
        help_text=say_lazily(
            zh="在哪里发布，或聚会在哪里办。",
            en="Where it is announced, or where the gathering is.",
        ),
    )
    to = _whom(
        zh="只告诉",
        en="Only to",
        none=say_lazily(zh="在场的人", en="whoever is there"),
        help_text=say_lazily(
            zh="若选了一位居民，就只有 TA 听到（聚会则是主办人和 TA）；紧急程度只说明有多要紧。",
            en="Who is chosen alone hears it, of a gathering together with its host; the urgency"
            " then says how much it matters.",
        ),
    )
    days = forms.IntegerField(
        label=say_lazily(zh="说几天", en="For how many days"),
        required=False,
        min_value=0,
        max_value=60,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=say_lazily(
            zh="人们会说起它多少天；不填则和平常一样，聚会一直说到开始后三小时。",
            en="For how long people speak of it; empty: as long as usual, of a gathering until"
            " three hours after it has begun.",
        ),
    )
    host = _whom(
        zh="主办人",
        en="Host",
        none="—",
        help_text=say_lazily(
            zh="主办人马上就知道，由 TA 去告诉别人；紧急程度只说明有多要紧。",
            en="The host knows at once and tells others; the urgency says how much it matters.",
        ),
    )
    starts_at = forms.CharField(
        label=say_lazily(zh="开始（游戏时间）", en="Begins (game time)"),
        required=False,
        widget=UnfoldAdminTextInputWidget({"type": "datetime-local"}),
    )

    GATHERING = ("host", "starts_at")

    def __init__(self, world: World, stage: Stage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.world, self.stage = world, stage
        people = [(actor.number, name_of(actor)) for actor in residents(world)]
        places = [(n, stage.place(n)["name"][language()]) for n in stage.locations]
        for name, known in (("place", places), ("to", people), ("host", people)):
            field: Any = self.fields[name]
            field.choices = [("", field.none), *known]
        urgency: Any = self.fields["urgency"]
        urgency.choices = [(key, in_words(key)) for key in URGENCIES]
        # The theme cuts off what stands beside a choice.
        urgency.help_text = format_html_join(
            mark_safe("<br>"), "{}", ((_meaning(key),) for key in URGENCIES)
        )
        now = stage.time(world.lived_until)[:16]
        self.fields["starts_at"].widget.attrs["min"] = now
        self.fields["starts_at"].help_text = say(zh=f"现在是 {now}。", en=f"It is {now} now.")

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their titles."""
        said = [self[name] for name in self.fields if name not in self.GATHERING]
        return [
            (say(zh="公告", en="Announcement"), said),
            (
                say(zh="若是聚会，还要填", en="If it is a gathering, also"),
                [self[name] for name in self.GATHERING],
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """It says something; a gathering has a host, a place and a time."""
        given: dict[str, Any] = super().clean() or {}
        missing = say(zh="聚会要有这一项。", en="A gathering needs this.")
        if given.get("host") or given.get("starts_at"):
            for name in ("host", "starts_at", "place"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        elif not (given.get("text") or given.get("text_en") or self.errors):
            self.add_error(
                "text",
                say(
                    zh="请至少用一种语言写点什么。",
                    en="Write something, in one language at least.",
                ),
            )
        return given

    def tell(self, told_by: str) -> InboxEntry | None:
        """Let it be known, as REST does; None if it cannot be, with the reason in `errors`."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        gathering = (
            Gathering(host_id=given["host"], starts_at=given["starts_at"])
            if given["host"]
            else None
        )
        wanted = NewAnnouncement(
            text=given["text"],
            text_en=given["text_en"],
            urgency=given["urgency"],
            location_id=given["place"],
            agent_id=given["to"],
            gathering=gathering,
            days=given["days"] or 0,
        )
        try:
            return announce(world=self.world, stage=self.stage, wanted=wanted, told_by=told_by)
        except NoSuchTimeError:
            over = say(
                zh="应是将来的游戏时间，例如 2026-03-02T18:00。",
                en="Expected a game time to come, such as 2026-03-02T18:00.",
            )
            self.add_error("starts_at", over)
            return None


def announcing(view: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The page with the form."""
    return ordering(
        view,
        request,
        AnnouncementForm,
        title=say(zh="发布消息", en="Announce something"),
        send=say(zh="发布", en="Announce"),
        done=lambda time: say(zh=f"将在 {time} 发布。", en=f"Will be announced at {time}."),
    )
