"""SQLAlchemy's compiler, asked for what a statement needs when it is executed later."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Dialect
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler
from sqlalchemy.sql.selectable import ReturnsRows
from sqlalchemy.types import TupleType

from bot.storage.engine.prepared import Constant, Listed, Named, Prepared, Source, Turn, Values


class Compiling(NamedTuple):
    """A statement of SQLAlchemy's own making, and the names of the values it comes with.

    Attributes:
        values: one set of them, of which the names count, and how long the lists are.
        is_many: whether there are several sets.
    """

    statement: ReturnsRows
    values: Values
    is_many: bool
    dialect: Dialect

    def lists(self) -> tuple[str, ...] | None:
        """The names whose values are lists; None if it needs more than its values."""
        compiled = self._compiled()
        lists = [each for each in compiled.post_compile_params if each.key in self.values]
        if _needs_more(compiled) or self._differs(compiled, lists):
            return None
        return tuple(each.key for each in lists)

    def _differs(self, compiled: SQLCompiler, lists: Sequence[BindParameter[Any]]) -> bool:
        """Whether its SQL depends on more than names and how long lists are."""
        written_out = {each.key for each in compiled.literal_execute_params}
        return (
            not written_out.isdisjoint(self.values)
            or (self.is_many and bool(compiled.post_compile_params))
            or any(isinstance(each.type, TupleType) for each in lists)
            or not all(isinstance(self.values[each.key], list | tuple) for each in lists)
        )

    def prepared(self) -> Prepared:
        """What is executed for values of these names, with lists that are as long."""
        compiled = self._compiled()
        state = compiled.construct_expanded_state(dict(self.values))
        assert state.positiontup is not None  # noqa: S101 - SQLite's driver takes question marks
        sources = _Sources(compiled, state, self.values, self.dialect)
        return Prepared(
            state.statement,
            [sources.of(name) for name in state.positiontup],
            turns=_turns_of(self.statement, self.dialect),
        )

    def _compiled(self) -> SQLCompiler:
        return self.statement.compile(
            dialect=self.dialect, column_keys=list(self.values), for_executemany=self.is_many
        )


class _Sources:
    """Where the values behind the question marks of a statement come from."""

    def __init__(
        self, compiled: SQLCompiler, state: ExpandedState, values: Values, dialect: Dialect
    ) -> None:
        self._binds = compiled.binds
        self._parameters = state.parameters
        self._values = values
        self._dialect = dialect
        self._in_lists = {
            name: (of, place)
            for of, names in state.parameter_expansion.items()
            for place, name in enumerate(names)
        }

    def of(self, name: str) -> Source:
        """The source of one, by SQLAlchemy's name for it."""
        of, place = self._in_lists.get(name, (name, None))
        bind = self._binds[of]
        turn = _bind_turn(bind, self._dialect)
        if bind.key not in self._values:
            constant = self._parameters[name]
            return Constant(constant if turn is None else turn(constant))
        return Named(bind.key, turn) if place is None else Listed(bind.key, place, turn)


def _needs_more(compiled: SQLCompiler) -> bool:
    """Whether values of columns are drawn, read back or asked for when it is executed."""
    return bool(
        not compiled.positional
        or compiled.insert_prefetch
        or compiled.update_prefetch
        or compiled.implicit_returning
        or any(bind.callable for bind in compiled.bind_names)
    )


def _bind_turn(bind: BindParameter[Any], dialect: Dialect) -> Turn:
    return bind.type.dialect_impl(dialect).bind_processor(dialect)


def _turns_of(statement: ReturnsRows, dialect: Dialect) -> list[Turn]:
    return [
        column.type.dialect_impl(dialect).result_processor(dialect, None)
        for column in statement.exported_columns
    ]
