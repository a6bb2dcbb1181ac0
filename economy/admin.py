"""Admin: money. It is shown; it moves only while the world lives."""

from typing import Any

import numpy as np
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from economy.classes import Classes
from economy.models import Account, Business, DayFigures, Loan, Transfer
from economy.money import YUAN, Category, Cause, cause_of
from economy.presentation import figures_told
from economy.selectors import moved_by_category
from world.admin import OfWorld, ReadOnly, called
from world.engine.gametime import DAY
from world.labels import in_words
from world.models import Event, World
from world.rest.language import language, say, say_lazily
from world.stage import stage_of

WEEK = 7
"""Days over which an account is summed up by category."""


def yuan(fen: int) -> str:
    """Fen as people read them."""
    return f"{fen / YUAN:,.2f}"


def transfers_link(world: World, number: int, words: str, **more: int) -> SafeString:
    """A link to all that an actor paid and was paid."""
    query = "&".join(f"{key}={value}" for key, value in {"party": number, **more}.items())
    url = reverse("admin:economy_transfer_changelist")
    return format_html('<a href="{}?world__id__exact={}&{}">{}</a>', url, world.pk, query, words)


@admin.register(Account)
class AccountAdmin(ReadOnly):
    """What everyone owns, and how it came about."""

    list_display = ("actor", "owned", "earned", "spent", "movements")
    list_select_related = ("actor__world",)
    list_filter = ("actor__world", "actor__kind")
    search_fields = ("actor__name_zh", "actor__name_en")
    ordering = ("actor__number",)
    readonly_fields = ("owned", "standing", "earned", "spent", "week", "movements")
    fields = ("actor", *readonly_fields)

    @admin.display(ordering="balance", description=say_lazily(zh="余额（元）", en="balance, yuan"))
    def owned(self, account: Account) -> str:
        """The balance."""
        return yuan(account.balance)

    @admin.display(description=say_lazily(zh="境况", en="class"))
    def standing(self, account: Account) -> str:
        """The class of wealth of a resident."""
        stage = stage_of(account.actor.world)
        classes: Classes = stage.constants["classes"]
        key = classes.keys[int(classes.of(np.array([account.balance]))[0])]
        names = {spec.key: spec.name for spec in stage.rules["economy"].classes}
        return str(getattr(names[key], language())) if account.actor.kind == "resident" else "—"

    @admin.display(
        ordering="income", description=say_lazily(zh="今日收入（元）", en="income today, yuan")
    )
    def earned(self, account: Account) -> str:
        """What came in since midnight."""
        return yuan(account.income)

    @admin.display(
        ordering="expense", description=say_lazily(zh="今日支出（元）", en="spent today, yuan")
    )
    def spent(self, account: Account) -> str:
        """What went out since midnight."""
        return yuan(account.expense)

    @admin.display(description=say_lazily(zh="最近七天", en="the last seven days"))
    def week(self, account: Account) -> SafeString | str:
        """What came in and went out by what it was for, each leading to its transfers."""
        actor = account.actor
        since = actor.world.lived_until - WEEK * DAY
        sums = moved_by_category(actor.world, actor.number, since)
        rows = (
            (
                transfers_link(
                    actor.world,
                    actor.number,
                    in_words(category.name.lower()),
                    category__exact=int(category),
                ),
                f"+{yuan(income)}",
                f"-{yuan(expense)}",
            )
            for category, (income, expense) in sums.items()
        )
        return format_html(
            "<table>{}</table>",
            format_html_join("", "<tr><th>{}</th><td>{}</td><td>{}</td></tr>", rows),
        )

    @admin.display(description=say_lazily(zh="账目", en="transfers"))
    def movements(self, account: Account) -> SafeString:
        """All that the account has to show."""
        actor = account.actor
        return transfers_link(actor.world, actor.number, say(zh="查看账目", en="show transfers"))


class PartyFilter(admin.SimpleListFilter):
    """Transfers from or to one actor, by number, in the worlds that are shown."""

    title = say_lazily(zh="当事人", en="party")
    parameter_name = "party"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Only whoever was asked for: there are too many to list."""
        asked = self.value() or request.GET.get("party", "")
        return [(asked, asked)] if asked else [("0", "—")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Both sides of the ledger."""
        asked = self.value() or ""
        if not asked.isdecimal() or asked == "0":
            return queryset
        return queryset.filter(Q(payer=int(asked)) | Q(payee=int(asked)))


@admin.register(Transfer)
class TransferAdmin(OfWorld):
    """Every movement of money."""

    list_display = ("seq", "when", "from_whom", "to_whom", "sum", "what_for", "why", "world")
    list_filter = ("world", PartyFilter, "category")
    ordering = ("-world", "-seq")
    readonly_fields = ("when", "from_whom", "to_whom", "sum", "what_for", "where", "why")
    fields = ("world", "seq", *readonly_fields)

    @admin.display(ordering="world_time", description=say_lazily(zh="时间", en="when"))
    def when(self, transfer: Transfer) -> str:
        """The game time."""
        return stage_of(transfer.world).time(transfer.world_time)

    @admin.display(ordering="amount", description=say_lazily(zh="金额（元）", en="amount, yuan"))
    def sum(self, transfer: Transfer) -> str:
        """The amount."""
        return yuan(transfer.amount)

    @admin.display(description=say_lazily(zh="缘由", en="cause"))
    def why(self, transfer: Transfer) -> SafeString | str:
        """What it comes from, as a link to where that stands."""
        cause = cause_of(transfer.category)
        words = in_words(cause.name.lower())
        found = _place_of(transfer, cause)
        return format_html('<a href="{}">{}</a>', found, words) if found else words

    @admin.display(ordering="category", description=say_lazily(zh="用途", en="what for"))
    def what_for(self, transfer: Transfer) -> str:
        """The category."""
        return in_words(Category(transfer.category).name.lower())

    @admin.display(ordering="payer", description=say_lazily(zh="付款方", en="payer"))
    def from_whom(self, transfer: Transfer) -> str:
        """Who paid."""
        return called(transfer.world, transfer.payer)

    @admin.display(ordering="payee", description=say_lazily(zh="收款方", en="payee"))
    def to_whom(self, transfer: Transfer) -> str:
        """Who was paid."""
        return called(transfer.world, transfer.payee)

    @admin.display(description=say_lazily(zh="地点", en="where"))
    def where(self, transfer: Transfer) -> str:
        """The place in which it was paid for."""
        return called(transfer.world, transfer.place, place=True)


@admin.register(Business)
class BusinessAdmin(ReadOnly):
    """Whoever runs a place, and the institutions."""

    list_display = ("actor", "trades", "belongs_to", "level", "goods", "losing", "movements")
    list_select_related = ("actor__world",)
    list_filter = ("actor__world",)
    ordering = ("actor__number",)

    @admin.display(boolean=True, description=say_lazily(zh="营业", en="trading"))
    def trades(self, business: Business) -> bool:
        """Whether it has not given up."""
        return not business.closed_at

    @admin.display(description=say_lazily(zh="店主", en="owner"))
    def belongs_to(self, business: Business) -> str:
        """The resident who owns it; the town owns the others."""
        return called(business.actor.world, business.owner) or say(zh="小镇", en="the town")

    @admin.display(ordering="price", description=say_lazily(zh="价格", en="price level"))
    def level(self, business: Business) -> str:
        """What it charges, of the list prices."""
        return f"{business.price / 10:.1f}%"

    @admin.display(ordering="stock", description=say_lazily(zh="存货（元）", en="stock, yuan"))
    def goods(self, business: Business) -> str:
        """Goods at cost."""
        return yuan(business.stock)

    @admin.display(description=say_lazily(zh="账目", en="transfers"))
    def movements(self, business: Business) -> SafeString:
        """All that it paid and was paid."""
        actor = business.actor
        return transfers_link(actor.world, actor.number, say(zh="查看账目", en="show transfers"))


@admin.register(Loan)
class LoanAdmin(OfWorld):
    """What friends lent each other."""

    list_display = ("number", "from_whom", "to_whom", "lent", "still_owed", "due", "state", "world")
    list_filter = ("world", "state")
    ordering = ("-world", "-number")

    @admin.display(ordering="lender", description=say_lazily(zh="借出人", en="lender"))
    def from_whom(self, loan: Loan) -> str:
        """Who lent."""
        return called(loan.world, loan.lender)

    @admin.display(ordering="borrower", description=say_lazily(zh="借入人", en="borrower"))
    def to_whom(self, loan: Loan) -> str:
        """Who borrowed."""
        return called(loan.world, loan.borrower)

    @admin.display(ordering="amount", description=say_lazily(zh="金额（元）", en="amount, yuan"))
    def lent(self, loan: Loan) -> str:
        """What was lent."""
        return yuan(loan.amount)

    @admin.display(ordering="owed", description=say_lazily(zh="未还（元）", en="owed, yuan"))
    def still_owed(self, loan: Loan) -> str:
        """What is still to be paid."""
        return yuan(loan.owed)

    @admin.display(ordering="due_at", description=say_lazily(zh="到期", en="due"))
    def due(self, loan: Loan) -> str:
        """When it should be paid back."""
        return stage_of(loan.world).time(loan.due_at)


@admin.register(DayFigures)
class DayFiguresAdmin(OfWorld):
    """What days came to."""

    list_display = ("day", "population", "owned", "gini_of", "jobless", "level", "world")
    ordering = ("-world", "-midnight")
    readonly_fields = ("day", "told")
    fields = ("world", "day", "told")

    @admin.display(ordering="midnight", description=say_lazily(zh="截至", en="up to"))
    def day(self, figures: DayFigures) -> str:
        """The midnight that ended it."""
        return stage_of(figures.world).time(figures.midnight)

    @admin.display(ordering="wealth", description=say_lazily(zh="财富（元）", en="wealth, yuan"))
    def owned(self, figures: DayFigures) -> str:
        """Of all residents."""
        return yuan(figures.wealth)

    @admin.display(ordering="gini", description=say_lazily(zh="基尼系数", en="Gini"))
    def gini_of(self, figures: DayFigures) -> str:
        """How unequal it is."""
        return f"{figures.gini / 1000:.3f}"

    @admin.display(ordering="unemployment", description=say_lazily(zh="失业率", en="unemployed"))
    def jobless(self, figures: DayFigures) -> str:
        """Of those who work or want to."""
        return f"{figures.unemployment / 10:.1f}%"

    @admin.display(ordering="price", description=say_lazily(zh="物价", en="price level"))
    def level(self, figures: DayFigures) -> str:
        """Of the list prices."""
        return f"{figures.price / 10:.1f}%"

    @admin.display(description=say_lazily(zh="数字", en="figures"))
    def told(self, figures: DayFigures) -> SafeString:
        """All of them, in yuan, parts of one, hours and points."""
        names = {
            field.name: field.verbose_name
            for field in figures._meta.fields
            if field.name not in _FRAME
        }
        known = figures_told({name: getattr(figures, name) for name in names})
        return format_html(
            "<table>{}</table>",
            format_html_join(
                "",
                "<tr><th>{}</th><td>{}</td></tr>",
                ((said, known[name]) for name, said in names.items()),
            ),
        )


_FRAME = ("id", "world", "midnight")


def _place_of(transfer: Transfer, cause: Cause) -> str:
    """Where in admin the cause of a transfer stands; empty if it has no page."""
    world = transfer.world
    match cause:
        case Cause.SETTLEMENT | Cause.EMPLOYMENT:
            day = DayFigures.objects.filter(world=world, midnight=transfer.cause).first()
            return reverse("admin:economy_dayfigures_change", args=[day.pk]) if day else ""
        case Cause.LOAN:
            loan = Loan.objects.filter(world=world, number=transfer.cause).first()
            return reverse("admin:economy_loan_change", args=[loan.pk]) if loan else ""
        case Cause.ACTIVITY | Cause.WORK:
            who = transfer.payee if cause == Cause.WORK else transfer.payer
            event = (
                Event.objects.filter(
                    world=world, actor=who, world_time=transfer.cause, activity=transfer.activity
                )
                .order_by("seq")
                .first()
            )
            return reverse("admin:world_event_change", args=[event.pk]) if event else ""
        case _:
            event = Event.objects.filter(world=world, seq=transfer.seq).first()
            return reverse("admin:world_event_change", args=[event.pk]) if event else ""
