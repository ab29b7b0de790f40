from sqlmodel import Session

from scheduler.db.tables import Dwellings
from scheduler.domain.terms import Level
from scheduler.flows.province.stakes import read_stakes


def test_at_a_municipality_those_with_dwellings_there_are_heard(loaded: Session) -> None:
    stakes = read_stakes(loaded)
    found = stakes.at(Level.MUNICIPALITY, municipality_id="GM0109")
    assert found == {"hvdoco": 2800, "samensterk": 800}


def test_an_unknown_number_counts_as_the_default_and_none_as_one(loaded: Session) -> None:
    row = loaded.get_one(Dwellings, 1)
    row.number = 0
    loaded.flush()
    stakes = read_stakes(loaded)
    assert stakes.at(Level.MUNICIPALITY, municipality_id="GM1701") == {"mevm": 500}
    assert stakes.at(Level.MUNICIPALITY, municipality_id="GM0106") == {"mevm": 1, "samensterk": 500}


def test_at_a_corporation_all_its_organisations_are_heard_or_the_one_named(loaded: Session) -> None:
    stakes = read_stakes(loaded)
    everybody = stakes.at(Level.CORPORATION, corporation_id="domesta")
    assert everybody == {"hvdoco": 2800, "sbde": 500, "domesta-hoogeveen": 500}
    one = stakes.at(Level.CORPORATION, corporation_id="domesta", organisation_id="sbde")
    assert one == {"sbde": 500}


def test_at_the_province_everybody_is_heard_with_all_their_dwellings(loaded: Session) -> None:
    stakes = read_stakes(loaded)
    found = stakes.at(Level.PROVINCE)
    assert len(found) == 12
    assert (found["mevm"], found["samensterk"], sum(found.values())) == (11_720, 4_939, 42_644)


def test_an_organisation_has_its_dwellings_by_municipality(loaded: Session) -> None:
    stakes = read_stakes(loaded)
    assert stakes.of("ahwoon") == {"GM1680": 500, "GM1699": 500, "GM1730": 500}
    assert stakes.of("nobody") == {}
