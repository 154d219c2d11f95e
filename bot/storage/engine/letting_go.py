"""Removing rows that anybody may remove, because their time is over."""

from sqlalchemy import Column, ColumnElement, Delete, delete, select


def delete_free(key: Column[str], condition: ColumnElement[bool]) -> Delete:
    """Delete the rows of a condition, save those that another transaction holds at the moment.

    Many do this beside something else: they are not to wait for each other, nor in a circle.
    """
    free = select(key).where(condition).with_for_update(skip_locked=True)
    return delete(key.table).where(key.in_(free))
