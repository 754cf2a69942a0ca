"""The changes that `make test-edits` makes to a notebook: generated from its code by ast, and those written by hand.

Generated: a number twice, half as large (a whole number stays whole) or one more; a seed one more; a list of data one
entry shorter or longer; a cell run twice; a cell run again after a later one. `left_alone` says what stays, and why.
"""

import ast
import functools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

import soak
from data_flow import Flow
from edits import RUN_AGAIN, RUN_TWICE, ByHand

SETUP = re.compile(r"# (@title )?Set-up")
EXERCISE = re.compile(r"\bexercises\.(check|solution|reset|progress)\(")
FIXED_KEYWORDS = {"axis", "axes", "shape", "input_shape", "target_shape", "batch_shape", "ndmin"}
FIXED_CALLS = {"reshape", "transpose", "swapaxes", "moveaxis", "expand_dims", "squeeze", "Reshape"}
FILLED = {"zeros", "ones", "empty", "full"}
# What is a share stays between 0 and 1.
SHARE_KEYWORDS = {"momentum", "rho", "beta_1", "beta_2", "validation_split", "test_size"}
SHARE_CALLS = {"Dropout", "SpatialDropout2D"}
LOOPS = ast.For | ast.comprehension
NUMBER = re.compile(r"(\d[\d_]*)(\.\d*)?([eE][+-]?\d+)?|(\.\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True)
class Change:
    """One change of a notebook.

    Attributes:
        cell: the index of the cell.
        what: the change in words.
        source: the new text of the cell; None where it stays.
        times: how often the cell runs in its place.
        again_after: the index of a later cell after which it runs once more; None for no such.
    """

    cell: int
    what: str
    source: str | None = None
    times: int = 1
    again_after: int | None = None


@dataclass(frozen=True)
class Place:
    """A number, or lists of one length, in the text of a cell, and the texts that a change of it gives.

    Attributes:
        spans: where it stands, pairs of places in the text.
        variants: pairs (what is done, the cell's new text).
    """

    spans: tuple
    variants: tuple


# ---- in the text of one cell ----


class _Cell:
    """A cell's text and its syntax tree, with parents."""

    def __init__(self, source):
        self.source = source
        self.bytes = source.encode()
        self.starts = [0]
        for line in self.bytes.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.tree = ast.parse(source)
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self.seeds = set(soak.seeds(self.tree))

    def span(self, node):
        """Where a node stands, in bytes: the columns of ast count them."""
        return (
            self.starts[node.lineno - 1] + node.col_offset,
            self.starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def text(self, node):
        start, end = self.span(node)
        return self.bytes[start:end].decode()

    def replaced(self, replacements):
        """The text with pieces ((start, end), new text) put in place of others."""
        result = self.bytes
        for (start, end), new in sorted(replacements, reverse=True):
            result = result[:start] + new.encode() + result[end:]
        return result.decode()

    def up(self, node):
        """The nodes around a node, from the innermost on."""
        while (node := self.parents.get(node)) is not None:
            yield node

    def statement(self, node):
        """The number of the statement at the top of the cell that a node belongs to."""
        return next(number for number, part in enumerate(self.tree.body) if part is node or part in {*self.up(node)})


def places_in(source):
    """What may be changed in the text of a cell.

    Returns:
        A list of `Place`, and a Counter of the reasons for which numbers and lists are left alone.
    """
    try:
        cell = _Cell(source)
    except SyntaxError:
        return [], Counter({"no plain Python": 1})
    found, reasons = [], Counter()
    for node in ast.walk(cell.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            if reason := _fixed(cell, node):
                reasons[reason] += 1
            elif variants := _numbers(cell, node):
                found.append(Place((cell.span(node),), tuple(variants)))
    by_length = defaultdict(list)
    for node in ast.walk(cell.tree):
        if isinstance(node, ast.List | ast.Tuple) and _is_data(cell, node):
            if reason := _fixed(cell, node):
                reasons[reason] += 1
            else:
                by_length[len(node.elts)].append(node)
    for nodes in by_length.values():
        if variants := _lengths(cell, nodes):
            found.append(Place(tuple(map(cell.span, nodes)), tuple(variants)))
    return found, reasons


def _fixed(cell, node):
    """Why a number or list is left alone, or None."""
    inner = node
    for outer in cell.up(node):
        if isinstance(outer, ast.JoinedStr):
            return "in a formatted text"
        if isinstance(outer, ast.Assert):
            return "in an assertion"
        if _gives_shape(cell, outer, inner):
            return "an axis or a shape"
        # The 1 of [1:], the -1 of [:-1], the 2 of [:2] and the 3 of [::3] are no amounts; the 80 of [:80] is one.
        offset = isinstance(outer, ast.Slice) and _is_itself(inner, node)
        offset = offset and (_value(cell, node) <= 2 or inner is outer.step)
        if offset or (isinstance(outer, ast.Subscript) and inner is outer.slice and _is_index(inner, node)):
            return "an index"
        inner = outer
    return None


def _gives_shape(cell, outer, inner):
    """Whether a part of the code is an argument that names an axis or a shape, or how many columns there are."""
    if isinstance(outer, ast.keyword):
        return outer.arg in FIXED_KEYWORDS
    if isinstance(outer, ast.Tuple):
        taker = cell.parents[outer]
        sized = taker.arg == "size" if isinstance(taker, ast.keyword) else _called(taker) in FILLED
        return sized and inner is not outer.elts[0]
    return isinstance(outer, ast.Call) and inner is not outer.func and _called(outer) in FIXED_CALLS


def _is_itself(inner, node):
    return inner is node or (isinstance(inner, ast.UnaryOp) and inner.operand is node)


def _is_index(inner, node):
    """Whether a node is the index itself, one of several, or in a list of indices; not something that is computed."""
    if _is_itself(inner, node):
        return True
    return isinstance(inner, ast.Tuple | ast.List) and any(_is_index(each, node) for each in inner.elts)


def _value(cell, node):
    """The number with its sign; a list counts as large."""
    if not isinstance(node, ast.Constant):
        return float("inf")
    parent = cell.parents.get(node)
    negative = isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.USub)
    return -node.value if negative else node.value


def _called(call):
    """The last part of the name of what is called; empty where nothing is."""
    function = getattr(call, "func", None)
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _numbers(cell, node):
    """The changes of one number, pairs (what, new text of the cell)."""
    text = cell.text(node)
    if not NUMBER.fullmatch(text):
        return
    negative = _value(cell, node) < 0
    for what, new in (("one more", _plus_one(text, negative)),) if node in cell.seeds else _scaled(text, negative):
        if not new or (_is_share(cell, node) and not 0 < ast.literal_eval(new) < 1):
            continue
        changed = cell.replaced([(cell.span(node), new)])
        if changed != cell.source and _as_expected(cell, changed, [(node, "value", ast.literal_eval(new))]):
            yield what, changed


def _is_share(cell, node):
    parent = cell.parents[node]
    if isinstance(parent, ast.keyword):
        return parent.arg in SHARE_KEYWORDS or _called(cell.parents[parent]) in SHARE_CALLS
    return _called(parent) in SHARE_CALLS


def _scaled(text, negative):
    """(what, the number's new text) for twice, half and one more; no text where nothing sensible comes out."""
    plain = Decimal(re.split("[eE]", text)[0].replace("_", ""))
    whole = re.fullmatch(r"[\d_]+", text)
    yield "twice", _like(text, plain * 2) if plain else ""
    half = Decimal(int(plain) // 2) if whole else plain / 2
    yield "half", _like(text, half) if half else ""
    yield "one more", _plus_one(text, negative)


def _plus_one(text, negative):
    """A whole number and one; nothing for fractions, and where -1 would become 0."""
    if not re.fullmatch(r"[\d_]+(\.0*)?", text):
        return ""
    new = Decimal(text.replace("_", "")) + (-1 if negative else 1)
    return _like(text, new) if new else ""


def _like(text, number):
    """A number written as the old text was: whole or with a point, with underscores, with its power of ten."""
    if re.fullmatch(r"[\d_]+", text):
        return f"{int(number):_}" if "_" in text else str(int(number))
    plain, *power = re.split("([eE].*)", text)
    new = f"{number.normalize():f}"
    return (new if "." in new or "." not in plain else new + ".0") + "".join(power)


def _is_data(cell, node):
    """Whether a list or tuple is data or settings, one entry more or less of which makes sense.

    A list of three literals or more is; a shorter one, if a loop goes through it; a tuple, if a loop goes through it or
    a name is given it. A row of a list of rows belongs to that list.
    """
    parent = cell.parents[node]
    looped = _is_looped(cell, node)
    if not isinstance(node.ctx, ast.Load) or not node.elts or any(isinstance(e, ast.Starred) for e in node.elts):
        return False
    if isinstance(parent, ast.Tuple) and isinstance(cell.parents[parent], ast.Assign):
        named = isinstance(node, ast.List)  # one of several names gets it
    elif isinstance(parent, ast.Assign):
        named = all(isinstance(target, ast.Name) for target in parent.targets)
        if not named:
            return False  # unpacked: one more has no name
    elif isinstance(parent, ast.List | ast.Tuple | ast.Set):
        return False
    else:
        named = False
    if not looped and not all(_is_literal(each) for each in node.elts):
        return False
    if isinstance(node, ast.Tuple):
        return (looped or (named and len(node.elts) > 2)) and not _is_index_of_any(cell, node)
    return looped or len(node.elts) > 2


def _is_looped(cell, node):
    """Whether a loop goes through it, alone or beside others."""
    parent, inner = cell.parents[node], node
    while isinstance(parent, ast.Call) and _called(parent) in {"zip", "enumerate"}:
        parent, inner = cell.parents[parent], parent
    return isinstance(parent, LOOPS) and parent.iter is inner


def _is_index_of_any(cell, node):
    return isinstance(cell.parents[node], ast.Subscript)


def _is_literal(node):
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def _lengths(cell, nodes):
    """The changes of lists of one length, all at once, pairs (what, new text of the cell)."""
    lists = "a list" if len(nodes) == 1 else f"{len(nodes)} lists"
    longer, shorter, expect_longer, expect_shorter = [], [], [], []
    for node in nodes:
        last = node.elts[-1]
        end = cell.span(last)[1]
        longer.append(((end, end), f", {cell.text(last)}"))
        expect_longer.append((node, "elts", [*node.elts, last]))
        if len(node.elts) > 1:
            comma = "," if isinstance(node, ast.Tuple) and len(node.elts) == 2 else ""
            close = _after_comma(cell, end) if comma else end
            shorter.append(((cell.span(node.elts[-2])[1], close), comma))
            expect_shorter.append((node, "elts", node.elts[:-1]))
    for what, pieces, expected in (("longer", longer, expect_longer), ("shorter", shorter, expect_shorter)):
        if len(pieces) == len(nodes):
            changed = cell.replaced(pieces)
            if _as_expected(cell, changed, expected):
                yield f"{lists} one {what}", changed


def _after_comma(cell, end):
    """The place behind a trailing comma, if there is one."""
    return end + (match.end() if (match := re.match(rb"\s*,", cell.bytes[end:])) else 0)


def _as_expected(cell, changed, expected):
    """Whether a changed text means the old one but for these fields of nodes, and each slider can start."""
    try:
        body = ast.parse(changed).body
    except SyntaxError:
        return False
    if len(body) != len(cell.tree.body):
        return False
    touched = {cell.statement(node) for node, _, _ in expected}
    kept = [(node, name, getattr(node, name)) for node, name, _ in expected]
    for node, name, value in expected:
        setattr(node, name, value)
    same = all(ast.dump(cell.tree.body[number]) == ast.dump(body[number]) for number in touched)
    for node, name, value in kept:
        setattr(node, name, value)
    parts = [part for number in touched for part in ast.walk(body[number])]
    return same and all(_can_start(part) for part in parts if isinstance(part, ast.Call))


def _can_start(call):
    """Whether a slider `between(low, high, start=…)` of plain numbers can begin where it says."""
    if _called(call) != "between" or len(call.args) != 2:
        return True
    values = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "start")]
    if len(values) != 3 or not all(map(_is_literal, values)):
        return True
    low, high, start = map(ast.literal_eval, values)
    return low <= start <= high and low < high


# ---- in a notebook ----


class Changes:
    """What may be changed in a notebook.

    Attributes:
        flow: which cells depend on which.
        by_hand: {index of a cell: its edits by hand, a list of `Change`}.
        generated: {index of a cell: a list of lists of `Change`, the variants of one place}.
        may_run_again: the indices of cells that may run again after a later one.
        left_alone: Counter of the reasons for which places are left out.
        misfits: sentences for edits and exemptions that do not fit the notebook.
    """

    def __init__(self, nb, said: ByHand):
        self.nb = nb
        self.sources = {index: cell.source for index, cell in enumerate(nb.cells) if cell.cell_type == "code"}
        self.flow = Flow(self.sources)
        self.left_alone, self.misfits = Counter(), []
        self.by_hand, self.may_run_again = defaultdict(list), set()
        for edit in said.edits:
            self._add_by_hand(edit)
        self.generated = self._generate(said.exempt)

    def _cell(self, what, cell_id, text):
        """The index of the code cell with an id, if the text stands in it once; else None, and a sentence says why."""
        found = [index for index, cell in enumerate(self.nb.cells) if cell.get("id") == cell_id]
        if not found:
            self.misfits.append(f"{what}: the notebook has no cell {cell_id!r}")
        elif found[0] not in self.sources:
            self.misfits.append(f"{what}: the cell {cell_id!r} is not code")
        elif (times := self.sources[found[0]].count(text)) != 1 and text not in {RUN_TWICE, RUN_AGAIN}:
            self.misfits.append(f"{what}: the cell {cell_id!r} has the text {text!r} {times} times; once is needed")
        else:
            return found[0]
        return None

    def _add_by_hand(self, edit):
        index = self._cell(f"the edit {edit.what!r}", edit.cell, edit.old)
        if index is None:
            return
        new = self.sources[index].replace(edit.old, edit.new)
        if new == self.sources[index]:
            self.misfits.append(f"the edit {edit.what!r} changes nothing")
            return
        self.by_hand[index].append(Change(index, f"by hand: {edit.what}", source=new))

    def _generate(self, exempt):
        spans, runs = defaultdict(list), defaultdict(set)
        for each in exempt:
            index = self._cell(f"the exemption {each.reason!r}", each.cell, each.text)
            if index is None:
                continue
            if each.text in {RUN_TWICE, RUN_AGAIN}:
                runs[index].add(each.text)
                continue
            start = len(self.sources[index].partition(each.text)[0].encode())
            spans[index].append((start, start + len(each.text.encode()), each))
        found = {}
        for index, source in self.sources.items():
            kept = self._kept(index, source, spans[index])
            found[index] = [[Change(index, what, source=new) for what, new in place.variants] for place in kept]
            if RUN_TWICE not in runs[index]:
                found[index].append([Change(index, "run twice", times=2)])
            if RUN_AGAIN not in runs[index]:
                self.may_run_again.add(index)
            for each in runs[index]:
                self.left_alone[f"exempt: {each}"] += 1
        return found

    def _kept(self, index, source, spans):
        """The places of a cell that are not exempt; an exemption without a place is a misfit."""
        if SETUP.match(source):
            places, reasons = [], Counter({"the set-up cell": 1})
        elif EXERCISE.search(source):
            places, reasons = [], Counter({"a cell of an exercise": 1})
        else:
            places, reasons = places_in(source)
        self.left_alone += reasons
        unused, kept = {each for _, _, each in spans}, []
        for place in places:
            inside = [each for a, b, each in spans if any(a <= start and end <= b for start, end in place.spans)]
            unused -= set(inside)
            if inside:
                self.left_alone["exempt"] += 1
            else:
                kept.append(place)
        for each in sorted(unused, key=str):
            self.misfits.append(
                f"the exemption {each.reason!r}: {each.text!r} in the cell {each.cell!r} holds no number and no list"
                " that would be changed"
            )
        return kept

    def run_again(self, index):
        """The ways to run a cell again after a later one: after one that gives a name of it another value, if there is.

        Returns:
            A list of `Change`; empty for the last cell.
        """
        later = [other for other in self.sources if other > index]
        names = [self.flow.differs_when_repeated(index, other) for other in later]
        before = [set(), *names]
        telling = [other for other, old, new in zip(later, before, names, strict=False) if new != old]
        return [
            Change(index, f"run again after cell {other + 1}", again_after=other) for other in telling or later[-1:]
        ]

    @functools.cache  # noqa: B019 - lives as long as the program does
    def affected_by(self, change):
        """The indices of the cells that may come out differently, a set."""
        if change.source is not None:
            return self.flow.affected(change.cell, _changed_statements(self.sources[change.cell], change.source))
        last = change.cell if change.again_after is None else change.again_after
        return {change.cell} | self.flow.affected(last, names=self.flow.differs_when_repeated(change.cell, last))


def _changed_statements(old, new):
    """The numbers of the statements of a cell that a new text changes; all of them where their count differs."""
    try:
        before, after = (list(map(ast.dump, ast.parse(text).body)) for text in (old, new))
    except SyntaxError:
        return {0}
    if len(before) != len(after):
        return set(range(len(before)))
    return {number for number, (a, b) in enumerate(zip(before, after, strict=True)) if a != b}


def runs_of(changes, rng, meet=4):
    """Put changes together so that few runs of the notebook make them all.

    In a run a cell has one change at most, and a cell is affected by no more than `meet` of them. Of each place one
    variant is drawn. Edits by hand come first.

    Args:
        changes: the notebook's `Changes`.
        rng: a random.Random.
        meet: how many changes may affect one cell in a run.

    Returns:
        A list of runs, each a list of `Change` in the order of the cells.
    """
    by_hand = {index: list(edits) for index, edits in changes.by_hand.items()}
    queues = {}
    for index, places in changes.generated.items():
        drawn = [rng.choice(variants) for variants in places]
        if index in changes.may_run_again and (ways := changes.run_again(index)):
            drawn.append(rng.choice(ways))
        rng.shuffle(drawn)
        queues[index] = drawn
    runs = []
    while any(by_hand.values()) or any(queues.values()):
        run, load = {}, Counter()
        for waiting in (by_hand, queues):
            order = sorted(waiting, key=lambda index, waiting=waiting: (-len(waiting[index]), rng.random()))
            for index in order:
                if index in run:
                    continue
                for change in waiting[index]:
                    affected = changes.affected_by(change)
                    if all(load[cell] < meet for cell in affected):
                        waiting[index].remove(change)
                        run[index] = change
                        load.update(affected)
                        break
        runs.append([run[index] for index in sorted(run)])
    return runs
