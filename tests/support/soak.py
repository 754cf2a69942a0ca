"""Other seeds for a notebook: `make soak` adds k to all of them, so that no claim rests on the luck of one draw."""

import ast

FUNCTIONS = {"default_rng", "set_random_seed"}  # their first argument is a seed
KEYWORDS = {"seed", "random_state"}
NAME = "SEED"


def seeds(tree):
    """The expressions of a cell that are seeds: arguments, defaults, and what is called SEED."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield from node.args[: name in FUNCTIONS]
                yield from (keyword.value for keyword in node.keywords if keyword.arg in KEYWORDS)
            case ast.arguments():
                named = node.posonlyargs + node.args
                pairs = [*zip(named[::-1], node.defaults[::-1], strict=False)]
                pairs += zip(node.kwonlyargs, node.kw_defaults, strict=True)
                yield from (default for each, default in pairs if each.arg in KEYWORDS and default is not None)
            case ast.Assign(targets=[ast.Name(id=name)]) if name == NAME:
                yield node.value


def is_literal(node):
    return isinstance(node, ast.Constant) and type(node.value) is int


def shifted(source, k):
    """Add k to all seeds that a cell's source writes as numbers.

    Returns:
        The source with other seeds; as it is where it is not plain Python.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    lines = source.encode().splitlines(keepends=True)  # places in a tree count bytes
    literal = [node for node in seeds(tree) if is_literal(node)]
    for node in sorted(literal, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        line = lines[node.lineno - 1]
        lines[node.lineno - 1] = line[: node.col_offset] + str(node.value + k).encode() + line[node.end_col_offset :]
    return b"".join(lines).decode()
