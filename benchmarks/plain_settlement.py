"""The settlement of a day as one would write it first: resident by resident, by Django's ORM.

It follows the same rule as the engine for what concerns residents themselves: stipends, relief,
interest, chance, what living costs, and taxes.
"""

from typing import Any

from django.db.models import F

from agents.household.chances import LOT, Chance
from economy.models import Account, Business, Transfer
from economy.money import CAUSES, TAXED, Category, fen
from world.engine.draws import Draws
from world.models import World


class PlainSettlement:
    """Settles midnight for residents of a world, whose constants are those of its systems."""

    def __init__(self, world: World, constants: dict[str, Any], midnight: int) -> None:
        self.world = world
        self.constants = constants
        self.midnight = midnight
        self.draws = Draws(world.seed, midnight)
        self.institutions = constants["institutions"]
        self.seq = world.seq
        self.keys = dict(world.actors.values_list("number", "pk"))

    def settle(self, residents: Any) -> None:
        """One after the other."""
        for actor in residents:
            self._settle_one(actor)

    def _settle_one(self, actor: Any) -> None:
        rules = self.constants
        occupation = rules["occupations"]
        code = actor.state.occupation
        treasury, bank = self.institutions["treasury"], self.institutions["bank"]
        self._pay(treasury, actor.number, int(occupation.stipend[code]), Category.STIPEND)
        if self._owned(actor) < fen(rules["relief"].below):
            self._pay(treasury, actor.number, fen(rules["relief"].yuan), Category.RELIEF)
        self._chances(actor)
        debt = max(-self._owned(actor), 0)
        interest = debt * rules["credit"].interest // 1_000_000
        self._pay(actor.number, bank, interest, Category.INTEREST)
        for cost in rules["fixed_costs"]:
            if not (cost.owners_exempt and occupation.owns_home[code]):
                payee = Business.objects.get(pk=self.keys[self.institutions[cost.to]])
                amount = fen(cost.yuan) * payee.price // 1000
                self._pay(
                    actor.number,
                    self.institutions[cost.to],
                    amount,
                    Category[cost.category.upper()],
                )
        account = Account.objects.get(actor=actor)
        due = self._tax(rules["taxes"].income, account.taxable)
        due += self._tax(rules["taxes"].wealth, account.balance)
        self._pay(actor.number, treasury, min(due, max(account.balance, 0)), Category.TAX)

    def _chances(self, actor: Any) -> None:
        owners, runners = self.constants["owners"], self.constants["runners"]
        for rule in self.constants["chances"]:
            chance = Chance[rule.key.upper()]
            employer = int(owners[actor.state.workplace])
            if rule.employed_only and not (employer and actor.state.shift):
                continue
            if not self.draws.chance(rule.per_million, actor.number, LOT, index=int(chance))[0]:
                continue
            known = {"self": actor.number, "employer": employer} | self.institutions | runners
            payer, payee = known[rule.payer], known[rule.payee]
            if rule.payer == "employer":
                held = Account.objects.get(pk=self.keys[employer])
                if held.balance < fen(rule.yuan):
                    continue
            self._pay(payer, payee, fen(rule.yuan), Category[rule.key.upper()])

    @staticmethod
    def _tax(brackets: Any, base: int) -> int:
        rates = zip(brackets.above.tolist(), brackets.more.tolist(), strict=True)
        return sum(max(base - above, 0) * more for above, more in rates) // 1000

    def _owned(self, actor: Any) -> int:
        return Account.objects.get(actor=actor).balance

    def _pay(self, payer: int, payee: int, amount: int, category: Category) -> None:
        if amount <= 0:
            return
        assert category not in CAUSES, "only what is settled"
        self.seq += 1
        Transfer.objects.create(
            world=self.world,
            seq=self.seq,
            world_time=self.midnight,
            payer=payer,
            payee=payee,
            category=category,
            amount=amount,
            cause=self.midnight,
        )
        Account.objects.filter(pk=self.keys[payer]).update(
            balance=F("balance") - amount, expense=F("expense") + amount
        )
        Account.objects.filter(pk=self.keys[payee]).update(
            balance=F("balance") + amount,
            income=F("income") + amount,
            taxable=F("taxable") + (amount if category in TAXED else 0),
        )
