"""Statements that come again are compiled for good, and go past SQLAlchemy's way to the driver.

SQLAlchemy writes the SQL, and says how values become what SQLite keeps, and back. What it does
beside that at every execution takes twenty times as long as SQLite takes to look up a row by its
key, and holds the loop up meanwhile: there is one interpreter's lock.
"""

from collections.abc import Mapping
from typing import TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Executable
from sqlalchemy.sql.selectable import ReturnsRows

from bot.storage.engine.compiling import Compiling
from bot.storage.engine.prepared import Parameters, Prepared, Values

_Names: TypeAlias = tuple[object, ...]
"""Whether there are several sets of values, and the names in each."""

_MOST_LENGTHS = 128
"""So many lengths of lists are kept of a statement, before it begins anew."""


class _Family:
    """A statement with certain names: what may differ is how long the lists among them are.

    Args:
        lists: the names of lists; None where the statement cannot be prepared.
    """

    def __init__(self, lists: tuple[str, ...] | None) -> None:
        self.is_prepared = lists is not None
        self._lists = lists or ()
        self._by_lengths: dict[tuple[int, ...], Prepared] = {}

    def find(self, values: Values) -> Prepared | None:
        """The statement for lists that are as long, if there were such before."""
        return self._by_lengths.get(self._lengths(values))

    def add(self, values: Values, prepared: Prepared) -> Prepared:
        """Keep it for the next time."""
        if len(self._by_lengths) >= _MOST_LENGTHS:
            self._by_lengths.clear()
        self._by_lengths[self._lengths(values)] = prepared
        return prepared

    def _lengths(self, values: Values) -> tuple[int, ...]:
        return tuple([len(values[name]) for name in self._lists])


class PreparedStatements:
    """What was compiled of the statements that live on; it holds none that nobody else holds."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: WeakKeyDictionary[ReturnsRows, dict[_Names, _Family]] = WeakKeyDictionary()

    def find(self, statement: Executable, parameters: Parameters) -> Prepared | None:
        """The statement for such parameters; None if SQLAlchemy has to execute it.

        The first time it has to: one that was made for one use comes no second time.
        """
        if not isinstance(statement, ReturnsRows):
            return None
        families = self._known.get(statement)
        if families is None:
            self._known[statement] = {}
            return None
        is_many = isinstance(parameters, list | tuple)
        if is_many and not parameters:
            return None
        values = _first_of(parameters)
        names = (is_many, *values)
        family = families.get(names)
        if family is None:
            lists = Compiling(statement, values, is_many, self._dialect).lists()
            family = families[names] = _Family(lists)
        if not family.is_prepared:
            return None
        found = family.find(values)
        if found is None:
            compiling = Compiling(statement, values, is_many, self._dialect)
            found = family.add(values, compiling.prepared())
        return found


def _first_of(parameters: Parameters) -> Values:
    if parameters is None:
        return {}
    if isinstance(parameters, Mapping):
        return parameters
    return parameters[0]
