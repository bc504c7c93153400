"""The page of a claim says when its records were cleared."""

from tests.funding.records.conftest import Archive


def test_a_cleared_claim_says_when_and_another_says_nothing(archive: Archive, browser_for) -> None:
    claim_id = archive.withdrawn()
    coordinator = browser_for(archive.world.coordinator)
    assert "were cleared on" not in coordinator.get(f"/funding/claims/{claim_id}").get_data(as_text=True)
    archive.years(7)
    archive.clear(archive.attempt())
    again = browser_for(archive.world.coordinator)
    assert "The records of this claim were cleared on" in again.get(f"/funding/claims/{claim_id}").get_data(
        as_text=True
    )
