"""The page of money without a place, in English."""

from dashboard.texts import words_staff_money as words


def _count(count: int, amount: str) -> str:
    return f"1 line, {amount}" if count == 1 else f"{count} lines, {amount} together"


def _lines(lines: int, new: int) -> str:
    if not lines:
        return "There were no lines on it."
    said = "1 line" if lines == 1 else f"{lines} lines"
    return f"{said}, all new." if lines == new else f"{said}, {new} of them new."


def _placed(placed: int, waiting: int) -> str:
    found = "1 line is matched" if placed == 1 else f"{placed} lines are matched"
    if not waiting:
        return f"{found}."
    if not placed:
        return "1 line waits for you." if waiting == 1 else f"{waiting} lines wait for you."
    return f"{found}, 1 waits for you." if waiting == 1 else f"{found}, {waiting} wait for you."


def _of_invoices(numbers: str, account: str) -> str:
    return f"Invoice {numbers} of {account}" if "," not in numbers else f"Invoices {numbers} of {account}"


def _gaps(count: int) -> str:
    if not count:
        return "The statements follow on from each other."
    return "1 statement does not follow on" if count == 1 else f"{count} statements do not follow on"


MONEY = words.StaffMoney(
    lede="What came in at the bank and has no place yet.",
    acts="What you can do",
    page=lambda page, pages: f"Page {page} of {pages}",
    files=words.BankFiles(
        title="Bank files",
        lede="CAMT.053 or MT940, one or several at a time. Importing again never books twice.",
        choose="Choose files",
        hint="Up to 20 MB each",
        hint_drop="or drop them here",
        busy="Importing {file}",
        trouble="There was no answer, so this file may not have been imported. Import it again: what is there already "
        "is not booked twice.",
        too_large="This file is larger than 20 MB, and nothing of it was imported. Ask the bank for a shorter period.",
        booked="Booked",
        known="Already known",
        set_aside="Set aside",
        refused_title="Not imported",
        to_day="{iban}, statement {statement} up to and including {date}",
        unknown_day="{iban}, statement {statement}",
        lines=_lines,
        placed=_placed,
        nothing_new="This statement had been imported already; nothing has changed.",
        balance="Opening balance {opening} and lines {sum} give closing balance {closing}.",
        balance_off="Opening balance {opening} and lines {sum} give {computed}, but it says {closing}: a difference of "
        "{off}.",
        balance_missing="The lines are {sum} together; an opening or closing balance is missing.",
        gap="It does not follow on from the statement before: {gap} is missing in between. Import that statement too.",
        not_fresh="It does not run up to the last banking day, so reminders still wait for a newer file.",
        nothing_booked="Nothing of it was booked and nothing is lost; what the bank said is kept.",
        reasons={
            "unreadable_line": "a line can’t be read",
            "unreadable_amount": "an amount is not right",
            "unreadable_date": "a date is not right",
            "unreadable_direction": "a line does not show whether it adds or takes off",
            "foreign_account": "this is no bank account of ours",
            "currency": "it is not in euros",
            "no_balance": "a balance is missing, so the file may not be whole",
            "unbalanced": "the lines do not lead from the opening balance to the closing balance",
            "overlaps": "these days have been imported already, and it is not certain which lines are new; get a file "
            "of these whole days from the bank, in the same format as before",
        },
        refused={
            "unknown_format": "This is neither CAMT.053 nor MT940. Nothing was imported. Choose the file that the bank "
            "offers for bookkeeping.",
            "too_large": "This file is larger than 20 MB, and nothing of it was imported. Ask the bank for a shorter "
            "period.",
            "hostile": "This file has abbreviations of its own in it, which a bank never does. Nothing of it was "
            "imported. Get it from the bank again.",
            "malformed": "This file is damaged or did not arrive whole. Nothing was imported. Get it from the bank "
            "again.",
            "no_statement": "There is no statement in this file. Nothing was imported.",
        },
    ),
    waiting=words.WaitingMoney(
        title="Waiting for you",
        count=_count,
        none="Everything has a place",
        none_text="There is no money at the bank of which it is not known what it is for.",
        received="Received",
        amount="Amount",
        from_whom="From",
        suggestion="Probably",
        no_suggestion="No invoice fits this.",
        went_out="Returned or debited, and not certain what it belongs to.",
        fits="Exactly the open amount.",
        too_much="{amount} more than is open.",
        too_little="{amount} less than is open.",
        of_invoices=_of_invoices,
        why={
            "reference": "The payment reference is in it.",
            "end_to_end": "The reference is in the payer’s own number.",
            "number": "The invoice number is in it.",
            "numbers": "The invoice numbers are in it.",
            "iban": "The customer paid from this bank account before.",
            "iban_all": "The customer paid from this bank account before.",
            "amount": "No other invoice has this amount open.",
        },
        match="Match",
        match_named="Match, {amount} to {numbers}",
        choose="Other",
        look_for="Search",
        choose_named="{label}, {amount} from {name}",
        matched="{amount} is matched to {numbers}.",
        no_text="without a description",
        no_name="unknown sender",
    ),
    choosing=words.Choosing(
        title="What is {amount} for?",
        lede="{name}, {date}",
        search="Search customer",
        search_hint="Name, email address or invoice number",
        customers="Customers found",
        none="No customer found.",
        other_customer="Another customer",
        invoices="Open invoices of {name}",
        no_invoices="This customer has nothing open.",
        due="due {date}",
        left="Left over",
        left_text="It stays with {name} as paid too much; the customer can keep it as credits.",
        short="It does not cover everything; the newest invoice stays partly open.",
        exact="The amount fits exactly.",
        submit="Match",
        keep="Keep all as credits",
        keep_text="Next invoices of {name} are settled with it, and the owner gets a message.",
        kept="{amount} is kept as credits of {name}.",
        origins="Which payment went back? Invoices that were paid with it are open again afterwards. That can’t be "
        "undone.",
        no_origins="No receipt or refund was found that fits this.",
        origin="received {date} from {name} {iban}",
        origin_sent="refund of {date} to {name} {iban}",
        origin_costs="{amount} more was debited; those are bank costs.",
        belongs="Belongs to",
        belongs_named="Belongs to {amount} of {name}, {date}",
        went_back="The {amount} of {name} went back; {numbers} is open again.",
        belonged="The {amount} of {name} is booked as gone back.",
        not_theirs="Is it no customer’s money?",
        gateway="Payout by Buckaroo",
        other="Not from a customer",
        put_away="{amount} is put away. That can be undone at the matched lines.",
        cancel="Cancel",
    ),
    matched=words.Matched(
        title="Matched",
        lede="The latest first. Undo puts the money back in the list above.",
        none="Nothing is matched yet.",
        line="Line",
        amount="Amount",
        purpose="What for",
        rule="Why",
        invoices=lambda count: "Invoice" if count == 1 else "Invoices",
        credits_of="Credits",
        returned="Came back",
        purposes={"gateway": "Payout by Buckaroo", "other": "Not from a customer"},
        rules={
            "reference": "by payment reference",
            "end_to_end": "by the payer’s reference",
            "number": "by invoice number and amount",
            "numbers": "by invoice numbers and amount",
            "iban": "by bank account and amount",
            "iban_all": "by bank account and amount",
            "gateway": "by Buckaroo’s bank account",
            "return": "by an earlier receipt",
            "outgoing": "debited",
        },
        by_person="by {name}",
        undone="undone by {name}",
        undo="Undo",
        undo_named="Undo, {amount} from {name}",
        sure="Undo the match?",
        sure_text="{amount} from {name} was matched {rule}. The money then waits for a place again, and what was paid "
        "with it is open again.",
        sure_submit="Undo",
        waits_again="{amount} waits for a place again.",
    ),
    statements=words.BankStatements(
        title="Statements",
        none="No statement has been imported yet.",
        gaps=_gaps,
        account="Bank account",
        period="Period",
        balances="Opening and closing balance",
        lines="Lines",
        state="State",
        booked="Booked",
        set_aside="Set aside",
        gap="{gap} is missing between this and the statement before",
        new_lines="{count} new",
        imported="Imported {at}",
        from_to="{opening} to {closing}",
    ),
    problems={
        "matched": "This line had just been given a place. Nothing has changed; the list shows what is there now.",
        "outgoing": "This money went out, so it can’t pay anything. Nothing has changed.",
        "incoming": "This money came in, so it belongs to no payment that went back. Nothing has changed.",
        "amount_differs": "The amount does not fit that payment. Nothing has changed.",
        "amount": "This amount is too large to match to invoices. Nothing has changed.",
        "no_invoice": "Choose at least one invoice. Nothing has changed.",
        "several_accounts": "These invoices are of different customers. Nothing has changed; choose those of one.",
        "not_matched": "This match had been undone already. Nothing has changed.",
        "used": "This money has been used or refunded in the meantime, so it can no longer be released. Nothing has "
        "changed.",
        "return": "What came back can’t be undone. Nothing has changed.",
        "not_found": "This is no longer there. Nothing has changed; the list shows what is there now.",
        "not_allowed": "Only the finance department may do this. Nothing has changed.",
    },
)
