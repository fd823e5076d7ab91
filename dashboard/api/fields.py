"""What values of the API look like. Nothing is accepted that is not written down here, and nothing is guessed."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from billing.money import MAX_CENTS
from billing.tokens import LONGEST

PREFIX = "/api/v1"
LARGEST_ID = 2**31 - 1
PAGE_LIMIT = 100

# No control characters: none belongs in a line of text, and PostgreSQL knows no NUL at all.
_LINE = r"^[^\x00-\x1F\x7F-\x9F]*$"

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Text = Annotated[str, StringConstraints(max_length=100, pattern=_LINE)]
FilledText = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_LINE)]
Email = Annotated[str, StringConstraints(min_length=3, max_length=254, pattern=_LINE)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Language = Annotated[str, StringConstraints(pattern=r"^(nl|en)$"), Field(description="Of the documents to come.")]
Url = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[\x21-\x7E]+$")]
PriceCents = Annotated[int, Field(ge=-MAX_CENTS, le=MAX_CENTS, description="Euro cents, without VAT.")]
Quantity = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{1,4})?$"), Field(description="A decimal number.")
]
Percent = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{1,2}(\.[0-9]{1,2})?$"), Field(description="Per cent.")
]  # fmt: skip
Cursor = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=r"^[A-Za-z0-9_.-]+$")]


class Asked(BaseModel):
    """Something that comes in. Whole and exact: no unknown fields, and no text for a number."""

    model_config = ConfigDict(extra="forbid", strict=True)


def example(**content: Any) -> ConfigDict:
    """Something that may come in, for the document."""
    return ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": [content]})


class Query(BaseModel):
    """What stands behind the question mark, where everything is text."""

    model_config = ConfigDict(extra="forbid")


class Shown(BaseModel):
    """Something that goes out, read from a view of the billing module."""

    model_config = ConfigDict(from_attributes=True)


def json_of(model: type[Shown], view: Any) -> str:
    """A view as the API writes it."""
    return model.model_validate(view).model_dump_json()


class PageQuery(Query):
    """Which part of a list. cursor: `next` of the part before."""

    limit: int = Field(50, ge=1, le=PAGE_LIMIT)
    cursor: Cursor | None = None


class OfCustomer(PageQuery):
    """Which part of a list, of one customer or of all."""

    customer_id: Id | None = None
