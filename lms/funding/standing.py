"""How sure each figure and date of a scheme is: what carries one word of standing, with its values, by its key.

Keys are `items.<code>`, `limits`, `grant_share`, `claim_year`, `windows.<name>` and, for what an authority counts,
`days.<training>`. An authority confirms a key by its values; other values under the same key are not confirmed by it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lms.funding.amounts import item_figures, limit_figures
from lms.funding.scheme import Adoption, Scheme
from lms.funding.vocabulary import Provenance
from lms.funding.windows import Submission, Window

Values = Mapping[str, str]

Confirmed = Mapping[str, Collection[Values]]
"""What an authority confirmed of one scheme: for each key every set of values."""


@dataclass(frozen=True)
class Standing:
    """One word of standing in a scheme: where it stands, the values it is about, and the word."""

    key: str
    values: Values
    provenance: Provenance

    @property
    def is_fact(self) -> bool:
        """Whether a claim may use it as it is."""
        return self.provenance.is_fact


def standings(scheme: Scheme, adoption: Adoption | None = None) -> tuple[Standing, ...]:
    """Every figure and date of a scheme, and of what an authority counts under it, each with its standing."""
    return tuple(_standings(scheme, adoption))


def dated(scheme: Scheme) -> tuple[Standing, ...]:
    """The days a scheme's answers rest on: its windows, or its year where it states none."""
    found = tuple(s for s in _standings(scheme, None) if s.key.startswith("windows."))
    return found or tuple(s for s in _standings(scheme, None) if s.key == "claim_year")


def with_confirmed(scheme: Scheme, confirmed: Confirmed) -> Scheme:
    """The scheme with what an authority confirmed, as far as the values are the confirmed ones."""
    keys = {s.key for s in standings(scheme) if not s.is_fact and s.values in confirmed.get(s.key, ())}
    return _raised(scheme, keys) if keys else scheme


def adoption_with_confirmed(adoption: Adoption, confirmed: Confirmed) -> Adoption:
    """The adoption, as confirmed when every one of its figures is."""
    if adoption.provenance.is_fact or any(s.values not in confirmed.get(s.key, ()) for s in _adopted(adoption)):
        return adoption
    return adoption.model_copy(update={"provenance": Provenance.CONFIRMED})


def _standings(scheme: Scheme, adoption: Adoption | None) -> Iterator[Standing]:
    for item in scheme.items:
        values = {name.value: str(value) for name, value in item_figures(item)}
        yield Standing(f"items.{item.code}", values, item.amount_provenance)
    if scheme.limits:
        values = {name.value: str(value) for name, value in limit_figures(scheme.limits)}
        if values:
            yield Standing("limits", values, scheme.limits.provenance)
    if scheme.grant_share:
        values = {"grant_percent": str(scheme.grant_share.grant_percent)}
        yield Standing("grant_share", values, scheme.grant_share.provenance)
    if scheme.claim_year:
        yield Standing("claim_year", window_values(scheme.claim_year), _weaker(scheme.claim_year))
    for name, window in scheme.windows.named():
        yield Standing(f"windows.{name}", window_values(window), _weaker(window))
    if adoption and adoption.scheme == scheme.code:
        yield from _adopted(adoption)


def _adopted(adoption: Adoption) -> Iterator[Standing]:
    for covered in adoption.covers:
        yield Standing(f"days.{covered.training}", {"days": str(covered.days)}, adoption.provenance)


def window_values(window: Window | Submission) -> dict[str, str]:
    """The days of a window as plain text, for comparing."""
    told = window.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"provenance", "from_provenance"})
    return {name: str(value) for name, value in told.items() if name != "label" and value not in ({}, [])}


def _weaker(window: Window | Submission) -> Provenance:
    other = getattr(window, "from_provenance", None)
    return other if other is not None and not other.is_fact else window.provenance


def _raised(scheme: Scheme, keys: set[str]) -> Scheme:
    sure = Provenance.CONFIRMED
    items = tuple(
        item.model_copy(update={"amount_provenance": sure}) if f"items.{item.code}" in keys else item
        for item in scheme.items
    )
    update: dict[str, object] = {"items": items}
    for name in ("limits", "grant_share"):
        if name in keys:
            update[name] = getattr(scheme, name).model_copy(update={"provenance": sure})
    dated = {"provenance": sure, "from_provenance": None}
    if "claim_year" in keys and scheme.claim_year:
        update["claim_year"] = scheme.claim_year.model_copy(update=dated)
    windows = {
        name: window.model_copy(update={"provenance": sure} if name == "submission" else dated)
        for name, window in scheme.windows.named()
        if f"windows.{name}" in keys
    }
    if windows:
        update["windows"] = scheme.windows.model_copy(update=windows)
    return scheme.model_copy(update=update)
