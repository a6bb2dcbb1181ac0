"""Reading: transactions and loans as the REST doors tell of them."""

from collections.abc import Sequence

from agents.finances.answers import LoanLine, Moved, TransactionLine
from agents.finances.causes import causes_of
from economy.models import Loan, Transfer
from economy.money import YUAN, Category
from economy.selectors import balances_after, moved_by_category
from world.answers import named
from world.labels import in_words
from world.models import World
from world.rest.language import language
from world.stage import Stage


def transaction_lines(
    stage: Stage, world: World, number: int, transfers: Sequence[Transfer]
) -> list[TransactionLine]:
    """Transfers as one side of them sees them. number: the actor that this is."""
    owned, causes = balances_after(world, number, transfers), causes_of(stage, transfers)
    specs = stage.rules["activities"]
    lines = []
    for transfer in transfers:
        paid = transfer.payer == number
        category = Category(transfer.category).name.lower()
        spec = specs[transfer.activity] if transfer.activity else None
        lines.append(
            TransactionLine(
                seq=transfer.seq,
                time=stage.time(transfer.world_time),
                amount=(-transfer.amount if paid else transfer.amount) / YUAN,
                balance=owned[transfer.seq] / YUAN,
                counterparty=named(stage.person(transfer.payee if paid else transfer.payer)),
                category=category,
                category_name=in_words(category),
                location=named(stage.place(transfer.place)) if transfer.place else None,
                activity=spec.key if spec else None,
                activity_name=getattr(spec.name, language()) if spec else None,
                cause=causes[transfer.seq],
            )
        )
    return lines


def loan_lines(stage: Stage, loans: Sequence[Loan]) -> list[LoanLine]:
    """Loans, in their order."""
    return [
        LoanLine(
            id=loan.number,
            lender=named(stage.person(loan.lender)),
            borrower=named(stage.person(loan.borrower)),
            amount=loan.amount / YUAN,
            owed=loan.owed / YUAN,
            lent_at=stage.time(loan.lent_at),
            due_at=stage.time(loan.due_at),
            state=Loan.State(loan.state).name.lower(),  # type: ignore[arg-type]
        )
        for loan in loans
    ]


def moved_lately(world: World, number: int, since: int) -> list[Moved]:
    """What an actor got and paid after the game time `since`, by category."""
    return [
        Moved(
            category=category.name.lower(),
            category_name=in_words(category.name.lower()),
            income=income / YUAN,
            expense=expense / YUAN,
        )
        for category, (income, expense) in moved_by_category(world, number, since).items()
    ]
