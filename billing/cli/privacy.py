"""The command line of what people may ask of their data: `voldaan privacy …`."""

from pathlib import Path
from typing import Annotated

import typer

from billing.cli import shared
from billing.cli.shared import By, console
from billing.privacy import erasing, personal
from billing.privacy.export import as_json
from billing.privacy.export import export as write

app = typer.Typer(no_args_is_help=True, help="Data of customers: all of it in a file, and all of it gone.")
AccountId = Annotated[int, typer.Argument(help="Number of the account.")]

REFUSALS = {
    "confirmation": "That is not the name of this account; nothing was erased.",
    "open_money": "There is money open, or credits to spend; nothing was erased.",
    "payments": "A payment is under way; nothing was erased.",
    "services": "A service runs; cancel it first. Nothing was erased.",
    "mandate": "There is a mandate; have it taken back first. Nothing was erased.",
    "can_return": "What was paid can still be taken back; this is possible from {earliest} on. Nothing was erased.",
    "erased": "This account was erased before.",
}


@app.command(epilog="Example: voldaan privacy export 17 account.zip --by finance@demo.test")
def export(account: AccountId, path: Annotated[Path, typer.Argument(dir_okay=False)], by: By) -> None:
    """Write all data and documents of an account, for who asks for it (AVG, articles 15 and 20)."""
    billing, actor = shared.proven_finance(by)
    with path.open("wb") as target:
        documents = write(billing, actor, account, target)
    console.print(f"{path}: everything of account {account}, with {documents} documents.")


@app.command(epilog="Example: voldaan privacy person ada@example.com ada.json --by finance@demo.test")
def person(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    path: Annotated[Path, typer.Argument(dir_okay=False)], by: By,
) -> None:  # fmt: skip
    """Write all data of a person who logs in here (AVG, article 15)."""
    billing, actor = shared.proven_finance(by)
    path.write_bytes(as_json(billing.ask(personal.of_person, actor, email)))
    console.print(f"{path}: everything of {email}.")


@app.command(epilog="Example: voldaan privacy erase 17 'Bakkerij Test' --by finance@demo.test")
def erase(
    account: AccountId, name: Annotated[str, typer.Argument(help="Its name, to be sure. This is never undone.")], by: By
) -> None:
    """Erase an account and its people, but for what the law keeps (AVG, article 17). There is no way back."""
    billing, actor = shared.proven_finance(by)
    with shared.refused(REFUSALS):
        people = billing.do(erasing.erase, actor, account, name)
    console.print(f"Account {account} is erased, and {people} people with it.")
