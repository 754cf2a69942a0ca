"""Claims: what a notebook says about its own numbers, checked in the kernel that nbval runs it in.

A module of tests/claims, one for each notebook, holds them::

    from claims import after, one_draw

    @after("rates-on-the-bowl")
    def the_small_rate_is_slow_and_the_large_one_leaves(walks):
        assert walks[0.01][-1] > 0.5
        assert walks[2.1][-1] > walks[2.1][0]

The parameters are names of the notebook, as they stand when the cell with that id has run; `printed` is what this cell
printed. A claim asserts and does nothing else: it changes nothing, trains nothing and draws from no global generator
(the first and the last are watched). It holds for every seed of the notebook; where a sentence speaks of the one draw
that is shown, its claim is marked with `@one_draw`. Which data were loaded, a claim reads from the notebook's names.

The hook in conftest.py hands each cell over to `ask` in every run of nbval. `faults` then runs inside the kernel: the
kernel loads this file by its path, so only the standard library is imported here, and NumPy where it is there already.
"""

import ast
import importlib.util
import inspect
import io
import json
import linecache
import pickle
import random
import reprlib
import sys
import time
import traceback
from pathlib import Path
from queue import Empty

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "claims"
PRINTED = "printed"
SECONDS = 120  # that the claims about one cell may take
# Imports this file in a kernel, as the module `claims`, and calls `faults`. One expression, and no further folder to
# search for modules: the notebook's names and imports stay what they are.
IN_KERNEL = """(lambda claims: (
    claims.__dict__.update(__file__={0!r}),
    exec(compile(open({0!r}, encoding="utf-8").read(), {0!r}, "exec"), claims.__dict__),
    __import__("sys").modules.update(claims=claims),
    claims.faults(get_ipython().user_ns, {1!r}),
)[-1])(__import__("types").ModuleType("claims"))"""


def after(cell_id):
    """Mark a function as a claim that holds right after the cell with this id has run."""

    def mark(claim):
        claim.after = cell_id
        return claim

    return mark


def one_draw(claim):
    """Mark a claim that holds for the notebook's own seeds, and need not hold for others."""
    claim.one_draw = True
    return claim


def module_of(stem):
    """The path of the module with the claims of a notebook, such as tests/claims/n01_perceptron.py."""
    return FOLDER / f"n{stem}.py"


def load(path):
    """Import a module of claims, anew where its file has changed.

    Returns:
        Its claims in their order, a list of functions. A file that is not there holds none.

    Raises:
        TypeError: a function of the module begins with no underscore and is no claim.
    """
    if not path.exists():
        return []
    name = f"course_claims_{path.stem}"
    known = sys.modules.get(name)
    if known is None or known.read_at != path.stat().st_mtime_ns:
        spec = importlib.util.spec_from_file_location(name, path)
        known = importlib.util.module_from_spec(spec)
        known.read_at = path.stat().st_mtime_ns
        spec.loader.exec_module(known)
        sys.modules[name] = known
    own = [f for f in vars(known).values() if inspect.isfunction(f) and f.__module__ == name]
    public = [function for function in own if not function.__name__.startswith("_")]
    for function in public:
        if not hasattr(function, "after"):
            raise TypeError(f"{path.name}: {function.__name__} says with no @after(…) when it holds")
    return public


def in_words(claim):
    """A claim's name as the sentence that it is."""
    return claim.__name__.replace("_", " ")


# ---- before any run: do the claims fit their notebook? ----


def misfits(nb, claims):
    """Sentences for claims that name a cell or a name that the notebook does not have there."""
    ids = [cell.get("id") for cell in nb.cells]
    found = []
    for claim in claims:
        if claim.after not in ids:
            found.append(f"the claim {in_words(claim)!r}: the notebook has no cell {claim.after!r}")
            continue
        place = ids.index(claim.after)
        if nb.cells[place].cell_type != "code":
            found.append(f"the claim {in_words(claim)!r}: the cell {claim.after!r} is not code")
            continue
        known = names_defined(cell.source for cell in nb.cells[: place + 1] if cell.cell_type == "code") | {PRINTED}
        for name in inspect.signature(claim).parameters:
            if name not in known:
                found.append(f"the claim {in_words(claim)!r}: no cell up to {claim.after!r} defines {name!r}")
    return found


def names_defined(sources):
    """The names that cells define at their top level: values, functions, classes, loops' variables and imports."""
    found = set()
    for source in sources:
        nodes = list(ast.parse(source).body)
        while nodes:
            node = nodes.pop()
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
                continue  # what its body defines stays inside
            if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
                continue
            if isinstance(node, ast.alias):
                found.add((node.asname or node.name).partition(".")[0])
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            nodes += ast.iter_child_nodes(node)
    return found


# ---- in the test run: hand a cell over to its kernel ----


def ask(item, skip_one_draw=False):
    """Check the claims about a cell in nbval's kernel, right after nbval ran the cell.

    Args:
        item: nbval's test of the cell.
        skip_one_draw: whether claims about the notebook's own seeds are left out.

    Returns:
        What does not hold, in words, or None.
    """
    path = module_of(Path(item.parent.path).stem)
    cell_id = item.cell.get("id")
    if not path.exists() or not any(claim.after == cell_id for claim in load(path)):
        return None
    printed = "".join(
        output["text"]
        for output in item.test_outputs or []
        if output.get("output_type") == "stream" and output["name"] == "stdout"
    )
    question = json.dumps([str(path), cell_id, printed, skip_one_draw])
    client = item.parent.kernel.kc
    check = {"faults": IN_KERNEL.format(__file__, question)}
    asked = client.execute("", silent=True, store_history=False, user_expressions=check)
    answer = _answer(client, asked)
    if answer is None:
        item.parent.kernel.interrupt()  # or the next cells would wait for the claim
        return f"the claims about this cell took longer than {SECONDS} s"
    result = answer["user_expressions"]["faults"]
    if result["status"] != "ok":
        return "the claims could not be checked: " + "\n".join(result["traceback"])
    return ast.literal_eval(result["data"]["text/plain"]) or None


def _answer(client, asked):
    """The kernel's reply to a request, or None where there is none in time."""
    end = time.monotonic() + SECONDS
    while (left := end - time.monotonic()) > 0:
        try:
            message = client.get_shell_msg(timeout=left)
        except Empty:
            break
        if message["parent_header"].get("msg_id") == asked:
            return message["content"]
    return None


# ---- in the kernel ----


def faults(names, question):
    """Check the claims about one cell.

    Args:
        names: the notebook's names and their values.
        question: a text in JSON: path of the claims, the cell's id, what the cell printed, whether to skip `@one_draw`.

    Returns:
        A text: a paragraph for each claim that does not hold; empty where all do.
    """
    path, cell_id, printed, skip_one_draw = json.loads(question)
    found = []
    for claim in load(Path(path)):
        if claim.after != cell_id or (skip_one_draw and hasattr(claim, "one_draw")):
            continue
        parameters = inspect.signature(claim).parameters
        missing = [name for name in parameters if name not in names and name != PRINTED]
        if missing:
            found.append(f"{in_words(claim)!r} asks for {missing[0]!r}, a name that the notebook does not have here")
            continue
        values = {name: printed if name == PRINTED else names[name] for name in parameters}
        if fault := _fault(claim, values):
            found.append(fault)
    return "\n\n".join(found)


def _fault(claim, values):
    """What is wrong with one claim, or None."""
    before, generators = {name: _fingerprint(value) for name, value in values.items()}, _generators()
    try:
        claim(**values)
    except Exception as error:
        return _told(claim, values, error)
    changed = [name for name, value in values.items() if _fingerprint(value) != before[name]]
    if changed:
        return f"{in_words(claim)!r} changes {changed[0]!r}: a claim looks and changes nothing"
    if _generators() != generators:
        return f"{in_words(claim)!r} draws from a global random generator: use np.random.default_rng(seed)"
    return None


def _told(claim, values, error):
    """A failed claim for who reads the log: the sentence, the line, and what the names were."""
    lines = [f"does not hold: {in_words(claim)}"]
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == claim.__code__.co_filename:
            line = linecache.getline(frame.filename, frame.lineno).strip()
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno}: {line}")
    lines.append(f"  {type(error).__name__}: {error}")
    lines += [f"  {name} = {reprlib.repr(value)}" for name, value in values.items()]
    return "\n".join(lines)


class _Pickler(pickle.Pickler):
    """Takes Keras' models for their weights: what they store of themselves holds the time."""

    def reducer_override(self, value):
        return (tuple, (value.get_weights(),)) if hasattr(type(value), "get_weights") else NotImplemented


def _fingerprint(value):
    """Something that differs once a value has been changed in place; None for what cannot be stored."""
    stored = io.BytesIO()
    try:
        _Pickler(stored).dump(value)
    except Exception:  # functions of the notebook, open files: there is no telling
        return None
    return hash(stored.getvalue())


def _generators():
    """The states of the global generators of Python and of NumPy."""
    numpy = sys.modules.get("numpy")
    return pickle.dumps((random.getstate(), numpy.random.get_state() if numpy else None))
