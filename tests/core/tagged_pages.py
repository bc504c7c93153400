"""Looks into tagged PDFs with pikepdf, for tests of several rooms."""

from typing import Any

import pikepdf

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC"
)
_PAINTS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "Tj", "TJ", "'", '"', "EI"})


def outline(pdf: pikepdf.Pdf) -> list[str]:
    """The tree, a part a line: what it is, its language, its alternative text."""
    return list(_lines(pdf.Root.StructTreeRoot.K[0], 0))


def _lines(part: Any, depth: int) -> Any:
    said = str(part.S).lstrip("/")
    said += f" {part.Lang}" if "/Lang" in part else ""
    said += f" “{part.Alt}”" if "/Alt" in part else ""
    yield "  " * depth + said
    for held in part.K:
        if "/S" in held:
            yield from _lines(held, depth + 1)


def everything_is_marked(pdf: pikepdf.Pdf) -> None:
    """Nothing is painted outside a mark, each number is used once, and each leads to a part of the tree and back."""
    parents = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    by_page = {int(parents[i]): list(parents[i + 1]) for i in range(0, len(parents), 2)}
    for page in pdf.pages:
        numbers = list(_numbers(page))
        assert numbers == list(range(len(numbers)))
        told = by_page[int(page.obj.StructParents)]
        assert len(told) == len(numbers)
        for number, part in enumerate(told):
            assert any(int(mark.MCID) == number and mark.Pg.objgen == page.obj.objgen for mark in part.K)


def _numbers(page: pikepdf.Page) -> Any:
    depth = 0
    for given, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            yield int(given[1].MCID)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        assert depth in {0, 1}, "marks must not stand in marks"
        assert name not in _PAINTS or depth == 1, f"{name} paints outside a mark"
    assert depth == 0
