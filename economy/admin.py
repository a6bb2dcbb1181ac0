"""Admin: money. It is shown; it moves only while the world lives."""

from django.contrib import admin

from economy.models import Account, Business, Transfer
from economy.money import YUAN, Category
from world.admin import OfWorld, ReadOnly, called
from world.labels import in_words
from world.rest.language import say_lazily


@admin.register(Account)
class AccountAdmin(ReadOnly):
    """What everyone owns."""

    list_display = ("actor", "yuan")
    list_select_related = ("actor",)
    list_filter = ("actor__world", "actor__kind")
    search_fields = ("actor__name_zh", "actor__name_en")

    @admin.display(ordering="balance", description=say_lazily(zh="余额（元）", en="balance, yuan"))
    def yuan(self, account: Account) -> str:
        """The balance."""
        return f"{account.balance / YUAN:,.2f}"


@admin.register(Transfer)
class TransferAdmin(OfWorld):
    """Every movement of money."""

    list_display = ("seq", "from_whom", "to_whom", "yuan", "what_for", "where", "world")
    list_filter = ("world", "category")
    ordering = ("-world", "-seq")

    @admin.display(ordering="amount", description=say_lazily(zh="金额（元）", en="amount, yuan"))
    def yuan(self, transfer: Transfer) -> str:
        """The amount."""
        return f"{transfer.amount / YUAN:,.2f}"

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
    """Whoever runs a place."""

    list_display = ("actor", "place")
    list_select_related = ("actor",)
    list_filter = ("actor__world",)
