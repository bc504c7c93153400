"""Invented people and places, drawn from a seed: the same seed gives the same country."""

import itertools
import random
from collections.abc import Iterator

from lms.certification.numbers import BITS, number_of
from tests.benchmarks.slots import Maker

_FIRST = (
    "Abena Adam Agnes Aisha Alan Alys Amara Amir Anna Asha Ben Beth Bilal Carys Cerys Chloe Dafydd Dan Deepa Delroy "
    "Ed Eira Ela Elin Emeka Esme Farah Fergus Gareth Gita Gwen Hana Harry Hywel Ida Imran Ines Iolo Jade Jan Jess Joel "
    "Kate Kofi Lena Lowri Luca Lwazi Mabel Maria Mei Mo Nadine Nesta Nkechi Olu Omar Owen Paul Petra Priya Rhian Rosa "
    "Ruth Sam Sara Sian Sunil Tamsin Tara Tom Uma Vera Vikram Wanda Will Yara Yusuf Zain Zofia"
).split()
_LAST = (
    "Abbott Adeleke Ahmed Allen Anwar Bailey Barker Begum Bevan Boateng Bowen Brown Chaudhry Clarke Cole Cooper "
    "Davies Dhillon Diallo Edwards Ellis Evans Farrell Fisher Gibson Grant Griffiths Gupta Hall Harris Hassan Hughes "
    "Hussain Ibrahim Jackson James Jenkins Jones Kaur Kelly Khan Knight Lee Lewis Lloyd Malik Mason Mendes Mensah "
    "Morgan Murphy Nowak Okafor Oliver Osei Owens Parry Patel Perera Phillips Powell Price Quinn Rahman Rees Reid "
    "Roberts Rossi Russell Santos Shah Sharma Silva Singh Smith Stone Taylor Thomas Turner Walker Watts Webb White "
    "Williams Wilson Wood Wright Young Zaman"
).split()
_TOWNS = [
    start + end
    for start, end in itertools.product(
        "Ash Brook Clay Dun Elm Fern Glen Hart Kings Lang Marl North Oak Pen Red".split(),
        "bury combe dale ford ham leigh mere port stead wick".split(),
    )
]


class Inventor:
    """Makes what fills a copy's places. One for the whole country, so that numbers never repeat."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  invented people, not secrets
        self._counts: dict[str, Iterator[int]] = {}
        self._last = ""
        self._serial = itertools.count(1)

    def makers(self, *, town: tuple[str, str], code: tuple[str, str]) -> dict[str, Maker]:
        """The makers for one authority; `town` and `code` are the pattern's and this authority's own."""
        return {
            "name": self._name,
            "email": lambda _standing: f"{self._account()}@example.com",
            "username": lambda _standing: self._account(),
            "place": lambda standing: _renamed(standing, *town),
            "code": lambda standing: _renamed(standing, *code),
            "number": lambda _standing: number_of(self.random.getrandbits(BITS)),
            "reference": lambda standing: self._reference(_renamed(standing, *code)),
            "secret": lambda _standing: f"{self.random.getrandbits(256):064x}",
            "salt": lambda _standing: self.random.randbytes(16),
            "counter": lambda row: next(self._counts.setdefault(row.partition(" ")[0], itertools.count(1))),
        }

    def _name(self, _standing: str) -> str:
        self._last = f"{self.random.choice(_FIRST)} {self.random.choice(_LAST)}"
        return self._last

    def _reference(self, renamed: str) -> str:
        """A claim's reference with the next number of its authority and year, as the product counts them."""
        start = renamed.rpartition("-")[0]
        return f"{start}-{next(self._counts.setdefault(start, itertools.count(1))):04d}"

    def _account(self) -> str:
        return f"{self._last.lower().replace(' ', '.')}.{next(self._serial)}"


def town(number: int) -> str:
    """The name of the country's town of a number, from 0."""
    again, place = divmod(number, len(_TOWNS))
    return _TOWNS[place] + (f" {again + 1}" if again else "")


def _renamed(standing: str, was: str, now: str) -> str:
    """The pattern's name of a place with another town in it; a name without its town gets one in front."""
    if was == now:
        return standing
    return (
        standing.replace(was, now) if was in standing else f"{now}-{standing}" if now.isupper() else f"{now} {standing}"
    )
