"""Certificate numbers such as PALMS-7K2M-9QXD-P: forty random bits and a check symbol, made to be typed by hand.

The letters are Crockford's base 32, without I, L, O and U. The check symbol stays within the same letters, unlike
Crockford's own, so that a number fits into an address: it is a weighted sum over the field of 32 elements. No two
weights are alike, so any one wrong symbol and any two exchanged ones are noticed. Plain Python.
"""

import re
from collections.abc import Iterator

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 40
PREFIX = "PALMS"
LONGEST = 200
_VALUES = {symbol: value for value, symbol in enumerate(SYMBOLS)}
_DATA = BITS // 5
_LOOKALIKES = str.maketrans("OIL", "011")
_PREFIX_AS_READ = PREFIX.translate(_LOOKALIKES)
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−_.]+")
_FIELD = 0b100101  # x⁵ + x² + 1, which has no factors over two elements


def number_of(bits: int) -> str:
    """The number that stands for forty bits, as it is stored, printed and put into addresses."""
    if not 0 <= bits < 1 << BITS:
        raise ValueError("A number has forty bits.")
    data = [bits >> 5 * place & 31 for place in reversed(range(_DATA))]
    return _spelled("".join(SYMBOLS[value] for value in [*data, _check(data)]))


def _spelled(symbols: str) -> str:
    return f"{PREFIX}-{symbols[:4]}-{symbols[4:8]}-{symbols[8:]}"


def reads(text: str) -> str | None:
    """The number somebody typed, in its one spelling; None when it cannot be one or its check symbol is wrong.

    Small letters, spaces, other dashes, O for 0, I and L for 1, a missing prefix and a whole address are understood.
    """
    if len(text) > LONGEST:
        return None
    typed = text.strip().rstrip("/").rpartition("/")[2]
    symbols = _BETWEEN.sub("", typed).upper().translate(_LOOKALIKES)
    if len(symbols) == len(PREFIX) + _DATA + 1:
        symbols = symbols.removeprefix(_PREFIX_AS_READ)
    if len(symbols) != _DATA + 1 or not set(symbols) <= _VALUES.keys():
        return None
    *data, check = (_VALUES[symbol] for symbol in symbols)
    if _check(data) != check:
        return None
    return _spelled(symbols)


def spoken(number: str, language: str) -> str:
    """A number as it is read out over a telephone: “PALMS; seven, Kilo, two, Mike; nine, …”, a pause for each dash.

    Letters are said by the words of the international radiotelephony alphabet (ICAO Annex 10, volume II, 5.2.1.3),
    which both languages use; digits in English ("en") or Welsh ("cy").
    """
    prefix, *groups = number.split("-")
    digits = _DIGITS.get(language, _DIGITS["en"])
    words = (", ".join(digits[int(each)] if each.isdigit() else _LETTERS[each] for each in group) for group in groups)
    return "; ".join((prefix, *words))


_DIGITS = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "cy": ("dim", "un", "dau", "tri", "pedwar", "pump", "chwech", "saith", "wyth", "naw"),
}
_LETTERS = {
    word[0]: word
    for word in (
        "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec "
        "Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
    ).split()
}


def _check(data: list[int]) -> int:
    """The symbol that makes the weighted sum zero; the weights are 2, 4, 8 … in the field, its own is 1."""
    total = 0
    for weighed, value in zip(_WEIGHED, data, strict=True):
        total ^= weighed[value]
    return total


def _times(one: int, other: int) -> int:
    """The product of two elements of the field of 32."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one, other = one << 1, other >> 1
        if one & 32:
            one ^= _FIELD
    return product


def _weighed() -> Iterator[tuple[int, ...]]:
    weight = 1
    for _place in range(_DATA):
        weight = _times(weight, 2)
        yield tuple(_times(value, weight) for value in range(len(SYMBOLS)))


_WEIGHED = tuple(_weighed())
"""What each value weighs in each place, worked out once."""
