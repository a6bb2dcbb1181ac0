"""Money: accounts, the transfers between them, and the businesses of the town."""

from django.db import models
from django.db.models import F, Q

from economy.money import Category
from world.models import Actor, World


class Account(models.Model):
    """What an actor owns, in fen. Written by `world.commit` alone; every fen has a transfer.

    entered: the sum of its transfers, kept beside the balance by whoever posts them, so that a
    balance from nowhere shows. income, expense: what came in and went out since the last
    settlement, without loans and gifts of capital. taxable: that part of the income on which tax is
    due.
    """

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="account"
    )
    balance = models.BigIntegerField(default=0)
    entered = models.BigIntegerField(default=0)
    income = models.BigIntegerField(default=0)
    expense = models.BigIntegerField(default=0)
    taxable = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"account of {self.actor}"


class Transfer(models.Model):
    """One movement of money. payer, payee: numbers of actors. category: `economy.money.Category`.

    seq is that of the event that told it. place, activity: what was paid for, 0 for none. cause:
    which one of the category's `economy.money.Cause` it comes from.
    """

    # Written in bulk while the world's row is locked: checking it for each transfer would be waste.
    world = models.ForeignKey(
        World,
        on_delete=models.CASCADE,
        related_name="transfers",
        db_index=False,
        db_constraint=False,
    )
    seq = models.BigIntegerField()
    world_time = models.BigIntegerField()
    payer = models.IntegerField()
    payee = models.IntegerField()
    place = models.IntegerField(default=0)
    activity = models.SmallIntegerField(default=0)
    category = models.SmallIntegerField()
    amount = models.BigIntegerField(help_text="In fen.")
    cause = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["world", "payer", "payee", "category", "cause"],
                name="transfer_pays_a_cause_once",
                # Whether an order was carried out already, the inbox knows.
                condition=~Q(category=Category.GRANT),
            ),
            models.UniqueConstraint(fields=["world", "seq"], name="transfer_seq_in_world"),
            models.CheckConstraint(name="transfer_moves_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="transfer_has_two_sides", condition=~Q(payer=F("payee"))),
        ]
        indexes = [
            models.Index(fields=["world", "payer", "seq"], name="transfer_by_payer"),
            models.Index(fields=["world", "payee", "seq"], name="transfer_by_payee"),
        ]

    def __str__(self) -> str:
        return f"transfer {self.seq} of world {self.world_id}"


class Business(models.Model):
    """Whoever sells something: runs a place, or is an institution. Written by `world.commit` alone.

    place: the number of the place that it runs, 0 for none. owner: the number of the resident to
    whom it belongs, 0 for the town. closed_at: the game time at which it gave up, 0 while it
    trades. price: thousandths of the list prices. stock: fen of goods at cost. sales: fen that it
    sold since the last settlement, at list prices, to how many customers; usual: what it sells on a
    usual day. payroll: fen of wages since the last settlement. free: the activity that costs
    nothing there at present, 0 for none. losing: days in a row at whose end it owed money.
    settled_at: the last midnight that was settled.
    """

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="business"
    )
    place = models.IntegerField(default=0)
    owner = models.IntegerField(default=0)
    closed_at = models.BigIntegerField(default=0)
    stock = models.BigIntegerField(default=0)
    sales = models.BigIntegerField(default=0)
    usual = models.BigIntegerField(default=0)
    payroll = models.BigIntegerField(default=0)
    settled_at = models.BigIntegerField(default=0)
    customers = models.IntegerField(default=0)
    price = models.SmallIntegerField(default=1000)
    losing = models.SmallIntegerField(default=0)
    free = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "businesses"

    def __str__(self) -> str:
        return str(self.actor)


class Loan(models.Model):
    """What a resident lent another one, in fen. Written by `world.commit` alone.

    lender, borrower: numbers of actors. amount: what was lent; owed: what is still to be paid back.
    due_at: the game time at which it should have been.
    """

    class State(models.IntegerChoices):
        """What has become of it."""

        ACTIVE = 1
        PAID = 2
        DEFAULTED = 3

    world = models.ForeignKey(
        World, on_delete=models.CASCADE, related_name="loans", db_constraint=False
    )
    number = models.IntegerField()
    lender = models.IntegerField()
    borrower = models.IntegerField()
    amount = models.BigIntegerField()
    owed = models.BigIntegerField()
    lent_at = models.BigIntegerField()
    due_at = models.BigIntegerField()
    state = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "number"], name="loan_in_world"),
            models.CheckConstraint(name="loan_is_of_money", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"loan {self.number} of world {self.world_id}"


class DayFigures(models.Model):
    """What a day of the economy came to, as of the midnight that ended it. Sums are in fen.

    employed: residents who work for pay; seekers: those without work who want some. wealth: of all
    residents together; income, spending: of theirs in the day. gini, unemployment, price, rent,
    velocity: thousandths (of one, of those who work or want to, of the list prices, of spending by
    the money that residents and businesses hold). worked: game seconds. happiness: milli-points, on
    average. arrivals, departures: of the day. businesses: those that trade. classes: residents by
    the key of their class of wealth.
    """

    world = models.ForeignKey(
        World, on_delete=models.CASCADE, related_name="day_figures", db_index=False
    )
    midnight = models.BigIntegerField()
    population = models.IntegerField()
    employed = models.IntegerField()
    seekers = models.IntegerField()
    businesses = models.IntegerField()
    arrivals = models.IntegerField()
    departures = models.IntegerField()
    wealth = models.BigIntegerField()
    income = models.BigIntegerField()
    spending = models.BigIntegerField()
    money = models.BigIntegerField()
    worked = models.BigIntegerField()
    gini = models.IntegerField()
    unemployment = models.IntegerField()
    price = models.IntegerField()
    rent = models.IntegerField()
    velocity = models.IntegerField()
    happiness = models.IntegerField()
    classes = models.JSONField()

    class Meta:
        verbose_name_plural = "day figures"
        constraints = [
            models.UniqueConstraint(fields=["world", "midnight"], name="one_settlement_a_day"),
        ]

    def __str__(self) -> str:
        return f"day {self.midnight} of world {self.world_id}"
