"""The declarative base, the constraint names and the column types that all tables share."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSON, JSONB
from sqlalchemy.orm import DeclarativeBase

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table's base. Constraint names are fixed, so that a violation maps to an error by name."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    # Text, not VARCHAR(n): lengths are the contract's business. JSON, not JSONB, for what must come back unchanged:
    # JSONB refuses U+0000.
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: BigInteger,
        uuid.UUID: Uuid(as_uuid=True),
        dt.datetime: DateTime(timezone=True),
        list[str]: ARRAY(Text),
        list[uuid.UUID]: ARRAY(Uuid(as_uuid=True)),
        dict[str, str]: JSONB,
        dict[str, int]: JSONB,
        dict[str, Any]: JSON(none_as_null=True),
        list[dict[str, Any]]: JSON(none_as_null=True),
    }
