"""Keys for software on their page: every fault at its field, and a secret that is shown once."""

from starlette.testclient import TestClient


def test_an_empty_form_says_both_faults_each_at_its_field(municipality: TestClient) -> None:
    page = municipality.post("/sleutels", data={"naam": ""})
    assert page.status_code == 400
    for name, said in (("naam", "Zeg waarvoor de sleutel is"), ("mag-1", "Kies ten minste één")):
        assert f'href="#{name}"' in page.text
        assert said in page.text.partition(f'id="{name}-fout"')[2].partition("</p>")[0]


def test_a_secret_is_shown_this_once(municipality: TestClient) -> None:
    made = municipality.post("/sleutels", data={"naam": "zaaksysteem", "scopes": "requests:read"})
    assert "Uw nieuwe sleutel: zaaksysteem" in made.text
    secret = made.text.partition("<code>")[2].partition("</code>")[0]
    assert secret
    later = municipality.get("/sleutels").text
    assert "zaaksysteem" in later
    assert secret not in later
