"""Which names a cell takes from other cells, and which it gives a value."""

import ast

COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


class CellNames(ast.NodeVisitor):
    """The names of one cell at its top level.

    Attributes:
        read: names that it reads without having bound them before, and all that its functions look up, for they may be
            called later.
        bound: names that it gives a value, loops' variables and functions among them.
        imported: names that it imports; a second import of the same changes nothing.
    """

    def __init__(self, tree):
        self.read, self.bound, self.imported = set(), set(), set()
        self.visit(tree)

    def visit(self, node):
        if isinstance(node, COMPREHENSIONS | DEFINITIONS):
            inside = list(ast.walk(node))
            names = [each for each in inside if isinstance(each, ast.Name)]
            own = {each.id for each in names if isinstance(each.ctx, ast.Store)}
            own |= {each.arg for each in inside if isinstance(each, ast.arg)}
            taken = {each.id for each in names} - own
            # A comprehension runs at once, a function may run when other cells have run.
            self.read |= taken if isinstance(node, DEFINITIONS) else taken - self.bound - self.imported
            self.bound |= {node.name} if hasattr(node, "name") else set()
            return
        for part in self._in_order(node):
            self.visit(part)
        if isinstance(node, ast.alias):
            self.imported.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            self.bound.add(node.id)
        elif isinstance(node, ast.Name):
            self.read |= {node.id} - self.bound - self.imported

    def _in_order(self, node):
        """The parts of a node as they run: what is computed comes before the name that it gets."""
        match node:
            case ast.AugAssign(target=ast.Name(id=name)):
                return [ast.Name(name, ast.Load()), node.value, node.target]
            case ast.Assign():
                return [node.value, *node.targets]
            case ast.AnnAssign() | ast.NamedExpr():
                return [part for part in (node.value, node.target) if part]
            case ast.For():
                return [node.iter, node.target, *node.body, *node.orelse]
        return ast.iter_child_nodes(node)
