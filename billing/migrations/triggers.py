"""Triggers that keep issued documents, postings and audit rows as they were written, on both databases."""

from collections.abc import Sequence


def append_only(dialect: str, table: str) -> list[str]:
    """Statements that refuse every UPDATE and DELETE of a table."""
    return [
        statement
        for event in ("UPDATE", "DELETE")
        for statement in _refuse(dialect, f"{table}_{event.lower()}", f"BEFORE {event} ON {table}", "", table)
    ]


def final_when(dialect: str, table: str, condition: str) -> list[str]:
    """Statements that refuse every UPDATE of a row that is as the condition says; the row is called OLD."""
    return _refuse(dialect, f"{table}_update", f"BEFORE UPDATE ON {table}", condition, table)


def frozen_when_issued(dialect: str, table: str, columns: Sequence[str]) -> list[str]:
    """Statements that refuse to delete an issued row, or to change one of these columns of it."""
    changing = f"BEFORE UPDATE OF {', '.join(columns)} ON {table}"
    issued = "OLD.state = 'issued'"
    return [
        *_refuse(dialect, f"{table}_update", changing, issued, table),
        *_refuse(dialect, f"{table}_delete", f"BEFORE DELETE ON {table}", issued, table),
    ]


def frozen_too_when_issued(dialect: str, table: str, column: str) -> list[str]:
    """Statements that refuse to change one more column, which the table got later, of an issued row."""
    changing = f"BEFORE UPDATE OF {column} ON {table}"
    return _refuse(dialect, f"{table}_update_{column}", changing, "OLD.state = 'issued'", table)


def frozen_columns(dialect: str, table: str, columns: Sequence[str]) -> list[str]:
    """Statements that refuse to delete a row, or to change these columns of it."""
    changing = f"BEFORE UPDATE OF {', '.join(columns)} ON {table}"
    return [
        *_refuse(dialect, f"{table}_update", changing, "", table),
        *_refuse(dialect, f"{table}_delete", f"BEFORE DELETE ON {table}", "", table),
    ]


def frozen_but_for_use(dialect: str, table: str, columns: Sequence[str]) -> list[str]:
    """Statements that refuse to change these columns of a row, and anything at all of a row that was used."""
    used = "OLD.used_at IS NOT NULL"
    return [
        *_refuse(dialect, f"{table}_update", f"BEFORE UPDATE OF {', '.join(columns)} ON {table}", "", table),
        *_refuse(dialect, f"{table}_update_used", f"BEFORE UPDATE ON {table}", used, table),
        *_refuse(dialect, f"{table}_delete", f"BEFORE DELETE ON {table}", used, table),
    ]


def frozen_steps(dialect: str) -> list[str]:
    """Statements that refuse to change a step of the reminders that was done or dropped, or to take one away."""
    ended = "OLD.result IN ('done','dropped')"
    return [
        *_refuse(dialect, "reminder_step_update", "BEFORE UPDATE ON reminder_step", ended, "reminder_step"),
        *_refuse(dialect, "reminder_step_delete", "BEFORE DELETE ON reminder_step", "", "reminder_step"),
    ]


def frozen_with_invoice(dialect: str, table: str) -> list[str]:
    """Statements that refuse to touch the parts of an invoice that has been issued, or to move others into it."""
    statements = []
    for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        ids = ", ".join(f"{row}.invoice_id" for row in rows)
        issued = f"EXISTS (SELECT 1 FROM invoice WHERE id IN ({ids}) AND state = 'issued')"
        name = f"{table}_{event.lower()}"
        statements += refuse_if(dialect, name, f"{event} ON {table}", issued, f"{table} is final")
    return statements


def refuse_if(dialect: str, name: str, event: str, condition: str, message: str) -> list[str]:
    """Statements that refuse an event, such as `UPDATE OF state ON service`, under a condition that may look into other
    tables."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {name}_refused BEFORE {event} WHEN ({condition}) "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ]
    row = "OLD" if event.startswith("DELETE") else "NEW"
    return [
        f"""
        CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{message}';
            END IF;
            RETURN {row};
        END $$
        """,
        f"CREATE TRIGGER {name}_refused BEFORE {event} FOR EACH ROW EXECUTE FUNCTION refuse_{name}()",
    ]


def balanced_postings() -> list[str]:
    """Statements (PostgreSQL) that refuse an insert of postings whose entries do not add up to zero.

    SQLite has no triggers over a whole statement; there the one writer and the checks keep the balance.
    """
    return [
        """
        CREATE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM added GROUP BY entry_id HAVING sum(cents) <> 0) THEN
                RAISE EXCEPTION 'unbalanced journal entry';
            END IF;
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER posting_balanced AFTER INSERT ON posting REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced()
        """,
    ]


def _refuse(dialect: str, name: str, event: str, condition: str, table: str) -> list[str]:
    when = f"WHEN ({condition})" if condition else ""
    if dialect == "sqlite":
        return [f"CREATE TRIGGER {name}_refused {event} {when} BEGIN SELECT RAISE(ABORT, '{table} is final'); END"]
    return [
        """
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is final', TG_TABLE_NAME; END $$
        """,
        f"CREATE TRIGGER {name}_refused {event} FOR EACH ROW {when} EXECUTE FUNCTION refuse_change()",
    ]
