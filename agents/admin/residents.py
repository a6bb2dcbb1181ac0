"""Admin: residents. Who they are is edited here; how they are is told to the engine."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from agents.admin.coming_and_going import inviting, letting_go
from agents.admin.minds import mind_name, with_mind_names
from agents.answers import AgentLine
from agents.commands import order
from agents.forms import PROFILE, AgentForm, current_mind, current_values, field_names
from agents.minds.catalogue import (
    INSTINCT,
    UnknownModelError,
    enabled_models,
    give_mind,
    model_named,
)
from agents.minds.presentation import stand_in_name
from agents.models import Agent
from agents.profiles import agent_lines
from agents.provenance import Source
from agents.selectors import condition_of
from agents.systems.edits import EDIT, PURSE
from agents.systems.mind_orders import MIND
from agents.systems.orders import DO, MOVE
from economy.money import YUAN
from world.engine.gametime import MINUTE
from world.labels import in_words
from world.models import InboxEntry, World
from world.ordering import TakesOrders
from world.rest.language import language, say, say_lazily
from world.stage import Stage, stage_of

TOLD = 8
"""Orders of operators that are shown of a resident, the last ones."""


class Living(admin.SimpleListFilter):
    """Those who live in their town, or those who have moved away."""

    title = say_lazily(zh="住在小镇", en="lives in the town")
    parameter_name = "lives"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", say(zh="已搬离", en="moved away")), ("all", say(zh="全部", en="all"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [first | {"display": say(zh="住在这里", en="lives here")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Agent]) -> QuerySet[Agent]:
        match self.value():
            case "all":
                return queryset
            case "no":
                return queryset.exclude(actor__livelihood__left_at=0)
            case _:
                return queryset.filter(actor__livelihood__left_at=0)


@admin.register(Agent)
class AgentAdmin(TakesOrders, ModelAdmin):
    """Residents."""

    form = AgentForm
    actions_list = ("invite", "let_go")
    actions_detail = ("let_this_one_go",)
    list_display = ("number", "name", "age", "occupation", "mind", "doing")
    list_select_related = (
        "actor__world",
        "actor__state",
        "actor__account",
        "actor__mind",
        "actor__livelihood",
    )
    list_filter = ("actor__world", Living, "gender")
    search_fields = ("actor__name_zh", "actor__name_en", "key")
    ordering = ("actor__world_id", "actor__number")
    readonly_fields = ("standing", "thinks_with", "money", "told")
    fieldsets = (
        (None, {"fields": ("standing", "thinks_with", "money", "told")}),
        (say_lazily(zh="命令", en="Orders"), {"fields": ("mind", "go_to", "do", "give_yuan")}),
        (
            say_lazily(zh="需求", en="Needs"),
            {"fields": field_names("needs")},
        ),
        (
            say_lazily(zh="技能", en="Skills"),
            {"fields": field_names("skills")},
        ),
        (
            say_lazily(zh="性格", en="Personality"),
            {"fields": field_names("traits")},
        ),
        (say_lazily(zh="档案", en="Profile"), {"fields": PROFILE}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @action(
        description=say_lazily(zh="邀请新居民", en="Invite a newcomer"),
        icon="person_add",
        url_path="invite",
        permissions=["order"],
    )
    def invite(self, request: HttpRequest) -> HttpResponse:
        """Let somebody come to live in the town."""
        return inviting(self, request)

    @action(
        description=say_lazily(zh="让居民搬走", en="Let somebody move away"),
        icon="person_remove",
        url_path="let-go",
        permissions=["order"],
    )
    def let_go(self, request: HttpRequest) -> HttpResponse:
        """Let somebody move away."""
        return letting_go(self, request)

    @action(
        description=say_lazily(zh="让 TA 搬走", en="Let them move away"),
        icon="person_remove",
        url_path="go-away",
        permissions=["order"],
    )
    def let_this_one_go(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Lead to where somebody is let go, with this resident proposed."""
        actor = Agent.objects.select_related("actor__world").get(pk=object_id).actor
        asked = urlencode([("world", actor.world.slug), ("resident", actor.number)])
        return HttpResponseRedirect(f"{reverse('admin:agents_agent_let_go')}?{asked}")

    @admin.display(ordering="actor__number", description=say_lazily(zh="编号", en="number"))
    def number(self, agent: Agent) -> int:
        """The public number."""
        return agent.actor.number

    @admin.display(ordering="actor__name_zh", description=say_lazily(zh="姓名", en="name"))
    def name(self, agent: Agent) -> str:
        """Both names."""
        return str(agent.actor)

    @admin.display(description=say_lazily(zh="职业", en="occupation"))
    def occupation(self, agent: Agent) -> str:
        """The job."""
        code, rules = agent.actor.state.occupation, stage_of(agent.actor.world).rules
        name: str = getattr(rules["occupations"][code].name, language())
        return name

    @display(description=say_lazily(zh="心智", en="mind"), ordering="mind_code")
    def mind(self, agent: Agent) -> str:
        """Whose mind decides."""
        return mind_name(agent)

    @admin.display(description=say_lazily(zh="正在做", en="doing"))
    def doing(self, agent: Agent) -> str:
        """What they do, and where; that they have moved away, if they have."""
        line = self._line(agent)
        return say(zh="已搬离", en="moved away") if line.departed else _deed(line)

    @admin.display(description=say_lazily(zh="钱", en="Money"))
    def money(self, agent: Agent) -> str:
        """What they own, as a link to how that came about."""
        account = agent.actor.account
        url = reverse("admin:economy_account_change", args=[account.pk])
        owned = f"{account.balance / YUAN:,.2f}"
        return format_html('<a href="{}">{}</a>', url, say(zh=f"{owned} 元", en=f"{owned} yuan"))

    @admin.display(description=say_lazily(zh="现在", en="Now"))
    def standing(self, agent: Agent) -> str:
        """How they are, as of the last commit."""
        line, world = self._line(agent), agent.actor.world
        stage = stage_of(world)
        classes = {spec.key: spec.name for spec in stage.rules["economy"].classes}
        wealth = getattr(classes[line.economic_status], language())
        if line.departed:
            gone = line.departed
            return say(
                zh=f"已在 {gone.at} 搬离小镇：{gone.text} · {wealth}",
                en=f"Moved away at {gone.at}: {gone.text} · {wealth}",
            )
        mood = in_words(line.current_emotion)
        return f"{stage.time(world.lived_until)}: {_deed(line)} · {mood} · {wealth}"

    @admin.display(description=say_lazily(zh="心智", en="Mind"))
    def thinks_with(self, agent: Agent) -> SafeString | str:
        """Whose mind decides, how often it is asked or why it is not; its thoughts."""
        mind, said = agent.actor.mind, mind_name(agent)
        if not mind.code:
            return said
        if mind.closed:
            why = in_words(stand_in_name(mind.closed))
            said += say(zh=f" · 现在不问：{why}", en=f" · not asked at present: {why}")
        else:
            minutes = mind.cadence // MINUTE
            said += say(
                zh=f" · 至少隔 {minutes} 分钟问一次",
                en=f" · asked at most every {minutes} minutes",
            )
        url = f"{reverse('admin:agents_thought_changelist')}?actor__exact={agent.pk}"
        link = say(zh="想法", en="thoughts")
        return format_html('{} · <a class="text-link" href="{}">{}</a>', said, url, link)

    @admin.display(description=say_lazily(zh="收件箱", en="Inbox"))
    def told(self, agent: Agent) -> str:
        """What operators told lately about them, and when it takes or took effect."""
        world = agent.actor.world
        orders = world.inbox.filter(subject=agent.actor.number, source=Source.OPERATOR)
        entries = orders.order_by("-pk")[:TOLD]
        if not entries:
            return "—"
        lines = [(_effect(stage_of(world), entry),) for entry in entries]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        stage, world = stage_of(obj.actor.world), obj.actor.world
        needs = condition_of([obj.actor], stage, world.lived_until).needs[0].tolist()
        return type(
            "FormOfAgent",
            (AgentForm,),
            {
                "stage": stage,
                "current": current_values(obj, needs),
                "current_mind": current_mind(obj),
            },
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        world, stage = obj.actor.world, stage_of(obj.actor.world)
        if world.status != World.Status.ACTIVE or obj.actor.livelihood.left_at:
            return
        told_by = request.user.get_username()
        if "mind" in form.changed_data:
            model = form.cleaned_data["mind"]
            entry = give_mind(world=world, model=model, agent=obj.actor, told_by=told_by)
            messages.info(request, _effect(stage, entry))
        orders: list[tuple[str, dict[str, Any]]] = []
        if edits := form.edits():
            orders.append((EDIT.name, edits))
        if fen := form.given_fen():
            orders.append((PURSE.name, {"fen": fen}))
        if place := form.cleaned_data.get("go_to"):
            orders.append((MOVE.name, {"place": place}))
        if activity := form.cleaned_data.get("do"):
            orders.append((DO.name, {"activity": activity}))
        for kind, payload in orders:
            entry = order(
                world=world,
                agent=obj.actor,
                kind=kind,
                payload=payload,
                told_by=told_by,
            )
            messages.info(request, _effect(stage, entry))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Beside the usual ones, giving the chosen residents each of the minds that there are."""
        actions = super().get_actions(request)
        if not self.has_change_permission(request):
            return actions
        for name in (INSTINCT, *enabled_models().values_list("name", flat=True)):
            called = in_words(name) if name == INSTINCT else name
            says = say(zh=f"用 {called} 思考", en=f"Think with {called}")
            actions[f"mind_{name}"] = (partial(_give, name=name), f"mind_{name}", says)
        return actions

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        return with_mind_names(super().get_queryset(request), "actor__mind__code")

    def _line(self, agent: Agent) -> AgentLine:
        world = agent.actor.world
        return agent_lines([agent.actor], stage_of(world), world)[0]


def _deed(line: AgentLine) -> str:
    """What somebody does, and where."""
    place = line.current_location or line.current_action.target
    return f"{line.current_action.name} · {place.name}" if place else line.current_action.name


def _effect(stage: Stage, entry: InboxEntry) -> str:
    """What was told, and when it takes or took effect."""
    time = stage.time(entry.at)
    match entry.outcome:
        case InboxEntry.Outcome.WAITING:
            what = say(zh=f"将在 {time} 生效", en=f"takes effect at {time}")
        case InboxEntry.Outcome.ACCEPTED:
            what = say(zh=f"已在 {time} 生效", en=f"took effect at {time}")
        case _:
            what = say(zh=f"在 {time} 被拒绝", en=f"was refused at {time}") + f" ({entry.reason})"
    content = entry.payload["model"] if entry.kind == MIND.name else entry.payload
    return f"{in_words(entry.kind)} {content}: {what}"


def _give(view: AgentAdmin, request: HttpRequest, chosen: QuerySet[Agent], *, name: str) -> None:
    """An action: give these residents the mind of this name."""
    try:
        model = model_named(name)
    except UnknownModelError as error:
        messages.error(request, say(zh=f"没有可用的模型：{error}", en=str(error)))
        return
    told = [
        give_mind(
            world=agent.actor.world,
            model=model,
            agent=agent.actor,
            told_by=request.user.get_username(),
        )
        for agent in chosen.filter(
            actor__world__status=World.Status.ACTIVE, actor__livelihood__left_at=0
        )
    ]
    count, called = len(told), in_words(name) if model is None else name
    zh = f"已告诉 {count} 位居民用 {called} 思考；在各自世界的下一时刻生效。"
    en = f"Told {count} residents to think with {called}, from their world's next instant on."
    messages.info(request, say(zh=zh, en=en))
