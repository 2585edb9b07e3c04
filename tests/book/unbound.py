"""Names that code reads and nowhere binds: what is found without running it."""

import builtins
import symtable
from collections.abc import Iterator


def unknown(code: str) -> set[str]:
    """The names that code reads at its top level or in functions, and nowhere binds."""

    def scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
        yield table
        for child in table.get_children():
            yield from scopes(child)

    top = symtable.symtable(code, "copy", "exec")
    bound = {
        s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()
    }
    bound |= {table.get_name() for table in top.get_children()}
    read = {
        symbol.get_name()
        for table in scopes(top)
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (table is top or symbol.is_global())
    }
    return read - bound - set(dir(builtins))
