from ipaddress import ip_network

import pytest

from calendars.stores import Guard, NotAllowed, Unreachable


def guard(*addresses: str, **changes: object) -> Guard:
    return Guard(look_up=lambda _host, _port: addresses, **changes)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_a_public_address_is_approved_and_pinned(address: str) -> None:
    target = guard(address).approve("https://Agenda.Example.org./dav/")
    assert (target.host, target.port, target.address) == ("agenda.example.org", 443, address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",  # shared by a provider's customers
        "169.254.169.254",  # a cloud's metadata
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",  # IPv4 in disguise
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_a_place_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(NotAllowed):
        guard(address).approve("https://example.org/")


def test_one_bad_address_among_good_ones_is_enough() -> None:
    with pytest.raises(NotAllowed):
        guard("93.184.216.34", "10.0.0.1").approve("https://example.org/")


def test_a_network_that_was_allowed_is_reached_and_no_other() -> None:
    office = guard("10.1.2.3", allowed=(ip_network("10.1.0.0/16"),))
    assert office.approve("https://agenda.kantoor/").address == "10.1.2.3"
    with pytest.raises(NotAllowed):
        guard("10.2.0.1", allowed=(ip_network("10.1.0.0/16"),)).approve("https://agenda.kantoor/")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https:///dav",
        "example.org",
        "https://an:geheim@example.org/",
        "https://example.org:22/",
        "https://example.org:99999/",
        "https://[::1/",
    ],
)
def test_an_address_of_the_wrong_form_is_refused(url: str) -> None:
    with pytest.raises(NotAllowed):
        guard("93.184.216.34").approve(url)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost", "[::1]"])
def test_this_machine_under_any_name_is_refused(host: str) -> None:
    with pytest.raises((NotAllowed, Unreachable)):
        Guard().approve(f"https://{host}/")
