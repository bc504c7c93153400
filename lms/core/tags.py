"""Puts the tree of a document's parts into its PDF, so that it can be read aloud in order: a tagged PDF.

ISO 32000-1, 14.7 and 14.8: the tree, the numbers on each page that its leaves point at, and the way back from these.
"""

from dataclasses import dataclass, field
from typing import Any

from lms.core.tagged import Told


@dataclass(eq=False)
class _Part:
    """An element of the tree while it is put together; `held` are parts, and marks as (page, number)."""

    role: str
    language: str = ""
    alt: str | None = None
    held: list["_Part | tuple[int, int]"] = field(default_factory=list)


def tag(pdf: Any, told: Told) -> None:
    """Give an opened pikepdf document its tree. Nothing that is drawn changes."""
    from pikepdf import Array, Dictionary, Name  # noqa: PLC0415  heavy, and only the worker prints

    pages = [page.obj for page in pdf.pages]
    parents: list[dict[int, Any]] = [{} for _ in pages]
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def made(part: _Part, parent: Any) -> Any:
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + part.role), P=parent))
        if part.language:
            element.Lang = part.language
        if part.alt is not None:
            element.Alt = part.alt
        if part.role == "TH":
            element.A = Dictionary(O=Name.Table, Scope=Name.Column)
        element.K = Array(
            [leaf(held, element) if isinstance(held, tuple) else made(held, element) for held in part.held]
        )
        return element

    def leaf(mark: tuple[int, int], element: Any) -> Any:
        page, number = mark
        parents[page][number] = element
        return Dictionary(Type=Name.MCR, Pg=pages[page], MCID=number)

    root.K = Array([made(_tree(told), root)])
    numbers = Array()
    for index, (page, held) in enumerate(zip(pages, parents, strict=True)):
        page.StructParents = index
        page.Tabs = Name.S
        numbers.append(index)
        numbers.append(pdf.make_indirect(Array([held[number] for number in sorted(held)])))
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _tree(told: Told) -> _Part:
    whole = _Part("Document")
    parts: dict[tuple[int, ...], _Part] = {}
    for page, number, index in sorted(told.marks, key=lambda mark: (mark[2], mark[0], mark[1])):
        piece, here = told.pieces[index], whole
        way: tuple[int, ...] = ()
        for step in piece.path:
            way = (*way, step.key)
            if way not in parts:
                parts[way] = _Part(step.role, step.language, piece.alt if step is piece.path[-1] else None)
                here.held.append(parts[way])
            here = parts[way]
        here.held.append((page, number))
    return whole
