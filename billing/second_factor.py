"""Of whom a second factor is demanded: a setting, as standards and customers ask for different things."""

from enum import StrEnum


class SecondFactor(StrEnum):
    """Who may do nothing until the log-in has an app or a passkey beside the password.

    offered: nobody. staff: the company's own people, in that part. everybody: customers too.
    """

    OFFERED = "offered"
    STAFF = "staff"
    EVERYBODY = "everybody"

    def is_demanded(self, *, of_staff: bool) -> bool:
        """Whether it takes one. of_staff: for what only the company's own people may do."""
        return self is SecondFactor.EVERYBODY or (of_staff and self is SecondFactor.STAFF)
