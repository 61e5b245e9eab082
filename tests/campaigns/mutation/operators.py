"""Mutants of a SQL query: one small change each, of the kinds people make.

Texts that are only shown (inside concat) and the types of casts are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"

Change = Callable[[exp.Expr], object]

COMPARISONS: dict[type[exp.Expr], tuple[type[exp.Binary], ...]] = {
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT, exp.LTE),
    exp.LT: (exp.LTE, exp.GT),
    exp.LTE: (exp.LT, exp.GTE),
}
ARITHMETIC: dict[type[exp.Expr], type[exp.Binary]] = {
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
    exp.Mul: exp.Div,
    exp.Div: exp.Mul,
}
FUNCTIONS: dict[type[exp.Expr], type[exp.Func]] = {
    exp.Min: exp.Max,
    exp.Max: exp.Min,
    exp.Sum: exp.Max,
    exp.Greatest: exp.Least,
    exp.Least: exp.Greatest,
    exp.Floor: exp.Ceil,
    exp.Ceil: exp.Floor,
    exp.Lag: exp.Lead,
}
CONDITION_PARENTS = (*COMPARISONS, exp.In, exp.Like, exp.If, exp.Case)


@dataclass(frozen=True)
class Mutant:
    """One changed query. Its key stays the same while the query's other parts change."""

    model: str
    operator: str
    original: str
    changed: str
    occurrence: int
    sql: str

    @property
    def key(self) -> str:
        return f"{self.model} | {self.operator} | {self.original} | {self.changed} | {self.occurrence}"


@dataclass(frozen=True)
class _Edit:
    operator: str
    changed: str
    apply: Change


def mutants(model: str, sql: str) -> Iterator[Mutant]:
    """Every mutant of a query, no two alike."""
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    seen = {tree.sql(DIALECT)}
    occurrences: Counter[tuple[str, str, str]] = Counter()
    for position, node in enumerate(tree.walk()):
        if _is_shown_only(node):
            continue
        for edit in _edits(node):
            copy = tree.copy()
            edit.apply(list(copy.walk())[position])
            changed_sql = copy.sql(DIALECT)
            if changed_sql in seen:
                continue
            seen.add(changed_sql)
            label = (edit.operator, _short(node), edit.changed)
            occurrences[label] += 1
            yield Mutant(model, *label, occurrences[label], changed_sql)


def unchanged(sql: str) -> str:
    """The query as it is written after parsing, to show that parsing itself changes nothing."""
    return sqlglot.parse_one(sql, dialect=DIALECT).sql(DIALECT)


def _is_shown_only(node: exp.Expr) -> bool:
    return node.find_ancestor(exp.Concat, exp.DataType) is not None


def _short(node: exp.Expr) -> str:
    if isinstance(node, exp.Join):
        return f"{node.side or node.kind} join {node.this.alias_or_name}".strip().lower()
    if isinstance(node, exp.Select | exp.Union):
        return "query"
    return " ".join(node.sql(DIALECT).split())


def _edits(node: exp.Expr) -> Iterator[_Edit]:
    for family in (_operators, _literals, _conditions, _expressions, _relations):
        yield from family(node)


def _replaced_by(make: Callable[[exp.Expr], exp.Expr]) -> Change:
    def apply(node: exp.Expr) -> None:
        node.replace(make(node))

    return apply


def _as(kind: type[exp.Expr]) -> Change:
    return _replaced_by(lambda node: kind(**{name: value for name, value in node.args.items() if value is not None}))


def _operators(node: exp.Expr) -> Iterator[_Edit]:
    kind = type(node)
    for other in COMPARISONS.get(kind, ()):
        yield _Edit("comparison", other.__name__, _as(other))
    if kind in ARITHMETIC:
        yield _Edit("arithmetic", ARITHMETIC[kind].__name__, _as(ARITHMETIC[kind]))
    if kind in FUNCTIONS:
        yield _Edit("function", FUNCTIONS[kind].__name__, _as(FUNCTIONS[kind]))
    if isinstance(node, exp.Abs):
        yield _Edit("function", "without abs", _replaced_by(lambda found: found.this))
    if isinstance(node, exp.Between):
        yield _Edit("bound", "lower bound left out", _replaced_by(lambda found: _open(found, exp.GT, exp.LTE)))
        yield _Edit("bound", "upper bound left out", _replaced_by(lambda found: _open(found, exp.GTE, exp.LT)))


def _open(between: exp.Expr, low: type[exp.Binary], high: type[exp.Binary]) -> exp.Expr:
    value, lower, upper = (between.args[name].copy() for name in ("this", "low", "high"))
    return exp.paren(exp.and_(low(this=value, expression=lower), high(this=value.copy(), expression=upper)))


def _literals(node: exp.Expr) -> Iterator[_Edit]:
    if isinstance(node, exp.Literal) and not node.is_string:
        value = float(node.this)
        for other in (value + 1, value - 1) if value.is_integer() else (value * 1.2, value * 0.8):
            yield _Edit("number", f"{other:g}", _written(f"{other:g}"))
    elif isinstance(node, exp.Literal) and isinstance(node.parent, CONDITION_PARENTS) and node.arg_key != "true":
        yield _Edit("text", f"'{node.this}~'", _replaced_by(lambda found: exp.Literal.string(f"{found.this}~")))
    elif isinstance(node, exp.Boolean):
        yield _Edit("truth", str(not node.this), _replaced_by(lambda found: exp.Boolean(this=not found.this)))


def _written(number: str) -> Change:
    return _replaced_by(lambda _: exp.Literal.number(number))


def _conditions(node: exp.Expr) -> Iterator[_Edit]:
    if isinstance(node, exp.And | exp.Or):
        other = exp.Or if isinstance(node, exp.And) else exp.And
        yield _Edit("logic", other.__name__, _replaced_by(lambda found: exp.paren(_as_logic(found, other))))
        for side in ("this", "expression"):
            if not isinstance(node.args[side], type(node)):
                kept = "expression" if side == "this" else "this"
                yield _Edit("condition", f"without {_short(node.args[side])}", _kept(kept))
    if isinstance(node, exp.Where | exp.Having) and not isinstance(node.this, exp.And):
        yield _Edit("condition", "left out", _always)
    if isinstance(node, exp.Join) and node.args.get("on") and not isinstance(node.args["on"], exp.And):
        yield _Edit("condition", "every pair", lambda found: found.set("on", exp.true()))
    if isinstance(node, exp.Not):
        yield _Edit("negation", "without not", _replaced_by(lambda found: exp.paren(found.this)))
    elif isinstance(node, exp.Is) and not isinstance(node.parent, exp.Not):
        yield _Edit("negation", "not", _replaced_by(lambda found: exp.not_(found.copy())))
    if isinstance(node, exp.In) and len(node.expressions) > 1:
        for index, item in enumerate(node.expressions):
            yield _Edit("list", f"without {item.sql(DIALECT)}", _without("expressions", index))


def _always(node: exp.Expr) -> None:
    node.set("this", exp.true())


def _kept(argument: str) -> Change:
    return _replaced_by(lambda node: node.args[argument])


def _as_logic(node: exp.Expr, kind: type[exp.Connector]) -> exp.Expr:
    return kind(this=node.this.copy(), expression=node.expression.copy())


def _without(argument: str, index: int) -> Change:
    def apply(node: exp.Expr) -> None:
        node.set(argument, [item for place, item in enumerate(node.args[argument]) if place != index])

    return apply


def _expressions(node: exp.Expr) -> Iterator[_Edit]:
    if isinstance(node, exp.Coalesce):
        yield _Edit("default", "first only", _replaced_by(lambda found: found.this))
        yield _Edit("default", "last only", _replaced_by(lambda found: found.expressions[-1]))
    if isinstance(node, exp.Case):
        for index, branch in enumerate(node.args["ifs"]):
            if len(node.args["ifs"]) > 1:
                yield _Edit("case", f"without when {_short(branch.this)}", _without("ifs", index))
            elif node.args.get("default") is not None:
                yield _Edit("case", "else only", _replaced_by(lambda found: found.args["default"]))
        if node.args.get("default") is not None:
            yield _Edit("case", "without else", lambda found: found.set("default", None))
    if isinstance(node, exp.Window):
        for index, key in enumerate(node.args.get("partition_by") or []):
            yield _Edit("window", f"not by {_short(key)}", _without("partition_by", index))
    if isinstance(node, exp.Ordered):
        yield _Edit("order", "reversed", lambda found: found.set("desc", not found.args.get("desc")))


def _relations(node: exp.Expr) -> Iterator[_Edit]:
    if isinstance(node, exp.Join) and node.side == "LEFT":
        yield _Edit("join", "inner join", lambda found: found.set("side", None))
    elif isinstance(node, exp.Join) and node.kind == "INNER" and not _needs_a_match(node):
        yield _Edit("join", "left join", _left_join)
    if isinstance(node, exp.Union):
        yield _Edit("union", "first part only", _replaced_by(lambda found: found.this))
        yield _Edit("union", "second part only", _replaced_by(lambda found: found.expression))
    if isinstance(node, exp.Distinct):
        yield _Edit("distinct", "left out", lambda found: found.pop())


def _needs_a_match(join: exp.Join) -> bool:
    """Whether a condition of the query compares the joined relation, so that a left join would be an inner one."""
    query = join.parent
    assert isinstance(query, exp.Select)
    name = join.this.alias_or_name
    where = query.args.get("where")
    later = query.args["joins"][query.args["joins"].index(join) + 1 :]
    conditions = [where.this] if where else []
    conditions += [other.args["on"] for other in later if other.side != "LEFT"]
    return any(_rejects_null(condition, name) for condition in conditions)


def _rejects_null(condition: exp.Expr, relation: str) -> bool:
    """Whether a condition cannot hold where every column of the relation is NULL."""
    if isinstance(condition, exp.And):
        return _rejects_null(condition.left, relation) or _rejects_null(condition.right, relation)
    if isinstance(condition, exp.Not) and isinstance(condition.this, exp.Is):
        return isinstance(condition.this.this, exp.Column) and condition.this.this.table == relation
    return _is_null(condition, relation)


def _is_null(condition: exp.Expr, relation: str) -> bool:
    """Whether a condition is NULL where every column of the relation is NULL."""
    if isinstance(condition, exp.And | exp.Or):
        return _is_null(condition.left, relation) and _is_null(condition.right, relation)
    if isinstance(condition, exp.Paren | exp.Not):
        return _is_null(condition.this, relation)
    if isinstance(condition, exp.In) and not _names(condition.this, relation):
        return all(_names(item, relation) for item in condition.expressions)
    return isinstance(condition, (*COMPARISONS, exp.Between, exp.In, exp.Like, exp.Column)) and _names(
        condition, relation
    )


def _names(expression: exp.Expr, relation: str) -> bool:
    """Whether an expression is NULL with the relation: it names a column of it outside functions that skip NULL."""
    if expression.find(exp.Case, exp.Coalesce, exp.Anonymous, exp.Greatest, exp.Least, exp.Concat):
        return False
    return any(column.table == relation for column in expression.find_all(exp.Column))


def _left_join(join: exp.Expr) -> None:
    join.set("kind", None)
    join.set("side", "LEFT")
