"""Why is nobody thinking: what the doctor looks at in minds."""

from collections.abc import Iterator

import redis
from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from agents.minds import budget, gate
from agents.minds.governor import is_used_up, why_unusable
from agents.minds.keys import base_url_of, key_of, without_secrets
from agents.minds.status import WARN_AT, dollars
from agents.minds.thoughts import OPEN
from agents.models import AgentMind, LanguageModel, Thought
from world.examination import Finding, well, wrong
from world.models import World
from world.rest.language import name_of

PROBE_SECONDS = 5

STUCK_SECONDS = 60
"""Real seconds after which a question that is still open is worth a word."""

RECENT = 100
"""Thoughts among which failures are counted."""

MANY_FAIL = 0.2


def examine_minds(world: World) -> Iterator[Finding]:
    """Everything from the residents' minds to the endpoints of their models."""
    in_use = dict(
        AgentMind.objects.filter(actor__world=world, actor__livelihood__left_at=0, code__gt=0)
        .values_list("code")
        .annotate(Count("pk"))
    )
    if not in_use:
        yield wrong(
            "minds",
            "weak",
            seen=("所有居民都靠本能生活。", "All residents live by instinct."),
            advice=(
                "想让 TA 们用模型思考：设置密钥后重启，或运行 manage.py mind all <模型名>。",
                "To let them think with a model: set its key and start again, or run"
                " manage.py mind all <model>.",
            ),
        )
        return
    models = LanguageModel.objects.prefetch_related("prices").in_bulk(in_use, field_name="code")
    for code, count in sorted(in_use.items()):
        model = models.get(code)
        if model is None:
            yield wrong(
                "model",
                "ill",
                seen=(
                    f"{count} 位居民的模型已被删除。",
                    f"The model of {count} residents is gone.",
                ),
                advice=("给 TA 们换一个模型。", "Give them another mind."),
            )
            continue
        yield from _examine_model(model, count)
    yield _budget(world, [model for model in models.values() if not why_unusable(model)])
    yield _queue(world)
    yield _failures(world)


def _examine_model(model: LanguageModel, count: int) -> Iterator[Finding]:
    if why := why_unusable(model):
        yield wrong(
            f"model {model.name}",
            "ill",
            seen=(
                f"{count} 位居民用 {model.name}，但它不能用：{why}",
                f"{count} residents think with {model.name}, which cannot be used: {why}",
            ),
            advice=(
                f"在启动小镇的环境里设置 {model.key_variable}（从另一个终端问起时，那里也要设），"
                "或在后台检查这个模型的密钥、价格与开关。",
                f"Set {model.key_variable} where the town is started, and in the shell from which"
                " you ask; or see to its key, its price and whether it is enabled in admin.",
            ),
        )
        return
    yield well(
        f"model {model.name}",
        zh=f"{count} 位居民用它；密钥与价格齐备；JSON 方式：{model.structure}。",
        en=f"{count} residents think with it; key and price are there; JSON: {model.structure}.",
    )
    yield _endpoint(model)
    yield _breaker(model)


def _endpoint(model: LanguageModel) -> Finding:
    """Asks the endpoint which models it has: free, and it shows whether the key is taken."""
    import openai

    name, address, key = f"endpoint of {model.name}", base_url_of(model), key_of(model)
    try:
        with openai.OpenAI(
            base_url=address, api_key=key or "none", max_retries=0, timeout=PROBE_SECONDS
        ) as client:
            known = {each.id for each in client.models.list()}
    except openai.NotFoundError:
        return Finding(
            name=name,
            condition="unknown",
            seen=well(
                name, zh=f"{address} 不列出模型。", en=f"{address} does not list its models."
            ).seen,
        )
    except openai.OpenAIError as error:
        told = without_secrets(str(error), key)[:200]
        return wrong(
            name,
            "ill",
            seen=(f"{address} 没有正常回答：{told}", f"{address} does not answer well: {told}"),
            advice=(
                "检查网络、地址与密钥；恢复后居民会自己继续思考。",
                "Check the network, the address and the key; residents go on by themselves.",
            ),
        )
    if known and model.remote_name not in known:
        some = ", ".join(sorted(known)[:8])
        return wrong(
            name,
            "weak",
            seen=(
                f"{address} 的清单里没有 {model.remote_name}（有：{some}）",
                f"{address} does not list {model.remote_name} (it has: {some})",
            ),
            advice=("在后台改正模型的名字。", "Correct the remote name of the model in admin."),
        )
    return well(
        name,
        zh=f"{address} 有回答，也有 {model.remote_name}。",
        en=f"{address} answers and has {model.remote_name}.",
    )


def _breaker(model: LanguageModel) -> Finding:
    name = f"breaker of {model.name}"
    try:
        with gate.shared() as connection:
            state = gate.state_of(model, connection)
    except (redis.RedisError, OSError) as error:
        return wrong(
            name,
            "ill",
            seen=(f"读不到断路器：{error}", f"The breaker cannot be read: {error}"),
            advice=("检查 Redis。", "See to Redis."),
        )
    if state.open_for:
        return wrong(
            name,
            "ill",
            seen=(
                f"连续失败太多，{state.open_for:.0f} 秒后再试。",
                f"Open after too many failures; tried again in {state.open_for:.0f} s.",
            ),
            advice=("看端点那一项。", "See what is said of the endpoint."),
        )
    return well(
        name,
        zh=f"闭合；正在进行 {state.in_flight} 次调用，连续失败 {state.failing} 次。",
        en=f"Closed; {state.in_flight} calls under way, {state.failing} failures in a row.",
    )


def _budget(world: World, models: list[LanguageModel]) -> Finding:
    money = budget.budget_of(world)
    spent, cap = dollars(money.spent_today), dollars(money.daily_cap)
    month, monthly = dollars(money.spent_this_month), dollars(money.monthly_cap)
    figures = (
        f"今天 {spent} / {cap} 美元，本月 {month} / {monthly} 美元。",
        f"Today {spent} of {cap} USD, this month {month} of {monthly} USD.",
    )
    if any(is_used_up(model, money) for model in models):
        return wrong(
            "budget",
            "ill",
            seen=(f"用完了：{figures[0]}", f"Used up: {figures[1]}"),
            advice=(
                "在后台提高上限，或等到明天（UTC）。",
                "Raise the cap in admin, or wait for tomorrow (UTC).",
            ),
        )
    if money.used >= WARN_AT:
        return wrong(
            "budget",
            "weak",
            seen=(f"快用完了：{figures[0]}", f"Nearly used up: {figures[1]}"),
            advice=("思考会变稀疏。", "Residents are asked less and less often."),
        )
    return well("budget", zh=figures[0], en=figures[1])


def _queue(world: World) -> Finding:
    open_ = Thought.objects.filter(world=world, status__in=OPEN).select_related("actor")
    now, waiting = timezone.now(), list(open_.order_by("asked_real")[:8])
    if not waiting:
        return well("queue", zh="没有人在等。", en="Nobody waits for an answer.")
    names = "; ".join(
        f"{name_of(each.actor)} {(now - each.asked_real).total_seconds():.0f} s" for each in waiting
    )
    count = open_.count()
    told = (f"{count} 人在等：{names}", f"{count} wait: {names}")
    if (now - waiting[0].asked_real).total_seconds() < STUCK_SECONDS:
        return well("queue", zh=told[0], en=told[1])
    return wrong(
        "queue",
        "ill",
        seen=told,
        advice=(
            "等得太久：看思考进程（minds）和端点那几项。",
            "They wait too long: see what is said of the minds worker and of the endpoint.",
        ),
    )


def _failures(world: World) -> Finding:
    recent = Thought.objects.filter(world=world, status=Thought.Status.ANSWERED).order_by("-pk")
    reasons: dict[str, int] = {}
    rows = list(recent.values_list("failure", "detail")[:RECENT])
    for failure, _ in rows:
        if failure:
            reasons[failure] = reasons.get(failure, 0) + 1
    if not rows:
        return Finding(
            name="answers",
            condition="unknown",
            seen=well("answers", zh="还没有问过模型。", en="No model has been asked yet.").seen,
        )
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items())) or "0"
    seen = (
        f"最近 {len(rows)} 次提问里没得到主意的：{told}",
        f"Of the last {len(rows)} questions these led to no decision: {told}",
    )
    if sum(reasons.values()) > MANY_FAIL * len(rows):
        last = next((detail for failure, detail in rows if failure), "")
        return wrong(
            "answers",
            "weak",
            seen=seen,
            advice=(f"最近一次：{last}", f"The last one: {last}"),
        )
    return well("answers", zh=seen[0], en=seen[1])


def cassette_finding() -> Finding | None:
    """Says so where models are not really asked."""
    if settings.LLM_CASSETTE == "off":
        return None
    return wrong(
        "cassette",
        "weak",
        seen=(f"LLM_CASSETTE={settings.LLM_CASSETTE}", f"LLM_CASSETTE={settings.LLM_CASSETTE}"),
        advice=(
            "replay 时不会调用模型；平时请设为 off。",
            "While it replays no model is asked; it is off in everyday use.",
        ),
    )
