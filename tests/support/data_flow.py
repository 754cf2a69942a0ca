"""Which cells of a notebook depend on which, read from their code without running it.

It is an estimate on the safe side: a method may change its object, and so may a function that gets it.
`make test-edits` uses it to put changes together that hardly meet, and to rerun only what a fault depends on.
"""

import ast
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
BRANCHES = ast.For | ast.While | ast.If | ast.Try | ast.Match
COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
# Functions that leave their arguments as they are. So do those of imported modules, as a rule.
PURE = {
    "print",
    "len",
    "list",
    "tuple",
    "dict",
    "set",
    "zip",
    "enumerate",
    "range",
    "min",
    "max",
    "sum",
    "abs",
    "round",
}
PURE |= {"sorted", "float", "int", "str", "any", "all", "map", "repr", "type", "display"}


@dataclass(frozen=True)
class Statement:
    """What one statement at the top of a cell does with the notebook's names.

    Attributes:
        reads: names that it looks up, those in the bodies of functions included.
        writes: names that it gives a new value.
        changes: names whose value it may change in place.
        names_only: whether it imports or defines: running it again changes nothing.
        maybe: whether it is a loop or a branch, which need not give its names a value.
    """

    reads: frozenset
    writes: frozenset
    changes: frozenset
    names_only: bool
    maybe: bool


def statements_of(source):
    """The statements of a cell, a list of `Statement`; a cell that is no plain Python counts as empty."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return []
    return [
        Statement(
            frozenset(reads_of(node)),
            frozenset(_stores(node)),
            frozenset(_changed(node)),
            isinstance(node, SCOPES | ast.Import | ast.ImportFrom),
            isinstance(node, BRANCHES),
        )
        for node in body
    ]


def reads_of(node, bound=frozenset()):
    """The names that a piece of code looks up outside itself."""
    if isinstance(node, ast.Name):
        return {node.id} - bound if isinstance(node.ctx, ast.Load) else set()
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return reads_of(node.value, bound) | ({node.target.id} - bound)
    if isinstance(node, SCOPES | ast.Lambda):
        body = node.body if isinstance(node.body, list) else [node.body]
        inner = bound | {name for part in body for name in _stores(part)}
        outer = [*getattr(node, "decorator_list", []), *getattr(node, "bases", [])]
        if not isinstance(node, ast.ClassDef):
            every = node.args
            inner |= {each.arg for each in [*every.posonlyargs, *every.args, *every.kwonlyargs]}
            inner |= {each.arg for each in (every.vararg, every.kwarg) if each}
            outer += [*every.defaults, *(each for each in every.kw_defaults if each)]
        return _all_reads(body, inner) | _all_reads(outer, bound)
    if isinstance(node, COMPREHENSIONS):
        bound = bound | {name for part in node.generators for name in _stores(part.target)}
    return _all_reads(ast.iter_child_nodes(node), bound)


def _all_reads(nodes: Iterable, bound):
    return {name for node in nodes for name in reads_of(node, bound)}


def _stores(node):
    """The names that a statement gives a value where it stands, not in the functions that it defines."""
    if isinstance(node, ast.alias):
        return {(node.asname or node.name).partition(".")[0]}
    if isinstance(node, SCOPES):
        return {node.name}
    if isinstance(node, ast.Lambda | COMPREHENSIONS):
        return set()
    own = {node.id} if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) else set()
    return own.union(*(_stores(child) for child in ast.iter_child_nodes(node)))


def _changed(node):
    """The names whose values a statement may change in place: by a method, a place in it, or as an argument."""
    if isinstance(node, SCOPES | ast.Import | ast.ImportFrom):
        return set()
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Subscript | ast.Attribute) and not isinstance(part.ctx, ast.Load):
            found |= _root(part)
        if isinstance(part, ast.Call):
            if isinstance(part.func, ast.Attribute):
                found |= _root(part.func)
            elif isinstance(part.func, ast.Name) and part.func.id not in PURE:
                given = [*part.args, *(keyword.value for keyword in part.keywords)]
                found |= {argument.id for argument in given if isinstance(argument, ast.Name)}
    return found


def _root(node):
    """The name that a chain of attributes and indices begins with."""
    while isinstance(node, ast.Subscript | ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()


class Flow:
    """How values go from cell to cell.

    Attributes:
        cells: {index of a code cell: its list of `Statement`}.
    """

    def __init__(self, sources: Mapping[int, str]):
        self.cells = {index: statements_of(source) for index, source in sources.items()}
        everything = [statement for statements in self.cells.values() for statement in statements]
        self._inside = {}  # {name of a function: what its body reads}
        modules = set()
        for statement in everything:
            if statement.names_only and statement.reads:
                for name in statement.writes:
                    self._inside.setdefault(name, set()).update(statement.reads)
            elif statement.names_only:
                modules |= statement.writes
        self._fixed = modules | set(self._inside)  # names of modules and functions: no cell changes what they are

    @functools.cache  # noqa: B019 - lives as long as the program does
    def reads(self, statement):
        """What a statement reads, the functions that it calls included."""
        found, new = set(), set(statement.reads)
        while new:
            found |= new
            new = set().union(*(self._inside.get(name, ()) for name in new)) - found
        return found

    def affected(self, cell, statements=None, names=()):
        """The cells that come out differently when a cell is changed.

        Args:
            cell: the index of the cell.
            statements: the numbers of its statements that are changed; None for no change of its text.
            names: names that have another value from this cell on, without a change of its text.

        Returns:
            A set of indices, this cell among them.
        """
        found, tainted = {cell}, set(names)
        for index, own in self.cells.items():
            if index < cell or (index == cell and statements is None):
                continue
            for number, statement in enumerate(own):
                changed = index == cell and number in statements
                if changed or self.reads(statement) & tainted:
                    found.add(index)
                    tainted |= statement.writes | (statement.changes - self._fixed)
                elif not statement.maybe:
                    tainted -= statement.writes
        return found

    def differs_when_repeated(self, cell, until):
        """The names that have another value when a cell is run once more after a later one (or after itself)."""
        moved = set()
        for index, own in self.cells.items():
            for statement in own if cell <= index <= until else ():
                moved |= statement.changes - self._fixed
                if index > cell or statement.writes & self.reads(statement):
                    moved |= statement.writes
        found = set()
        for statement in self.cells[cell]:
            if not statement.names_only and (statement.writes | statement.changes | self.reads(statement)) & moved:
                found |= statement.writes | (statement.changes - self._fixed)
        return found

    def _from_outside(self, cell):
        """The names that a cell reads before it gives them a value itself."""
        found, own = set(), set()
        for statement in self.cells[cell]:
            found |= self.reads(statement) - own
            own |= set() if statement.maybe else statement.writes
        return found

    def needed(self, order, place):
        """The places in a list of executed cells that one of them depends on.

        Args:
            order: the indices of the cells in the order in which they ran.
            place: a place in it.

        Returns:
            A sorted list of places, the one asked for the last.
        """
        names = self._from_outside(order[place])
        found, grown = {place}, True
        while grown:
            grown = False
            for earlier in range(place):
                own = self.cells[order[earlier]]
                if earlier not in found and any((s.writes | (s.changes - self._fixed)) & names for s in own):
                    found.add(earlier)
                    names |= self._from_outside(order[earlier])
                    grown = True
        return sorted(found)
