"""What the log says of each act: a sentence by its noun and verb, a plain one for all others."""

from scheduler.web.languages import mark

NOUNS = {
    "plan": mark("rooster"),
    "publication": mark("publicatie"),
    "feed": mark("agenda-abonnement"),
    "account": mark("agenda-account"),
    "province": mark("provincie"),
    "sample": mark("voorbeeldjaar"),
    "representative": mark("afgevaardigde"),
    "municipality": mark("gemeente"),
    "coordinator": mark("coördinator"),
    "organisation": mark("organisatie"),
    "mandate": mark("mandaat"),
    "meeting": mark("overleg"),
    "table": mark("overlegtafel"),
    "corporation": mark("woningcorporatie"),
    "closed": mark("gesloten dagen"),
    "year": mark("jaar"),
}

ACTS = {
    ("plan", "queue"): mark("vroeg een voorstel: concept %(id)s"),
    ("plan", "stop"): mark("stopte de berekening van concept %(id)s"),
    ("plan", "discard"): mark("deed concept %(id)s weg"),
    ("plan", "adjust"): mark("haalde wijzigingen uit concept %(id)s"),
    ("publication", "publish"): mark("publiceerde nummer %(id)s"),
    ("publication", "restore"): mark("maakte een concept van publicatie %(id)s"),
    ("feed", "renew"): mark("gaf een agenda-abonnement een nieuw adres"),
    ("account", "issue"): mark("maakte een wachtwoord voor een agenda-account"),
    ("province", "load"): mark("laadde de gegevens van de provincie"),
    ("sample", "add"): mark("laadde het voorbeeldjaar"),
    ("sample", "remove"): mark("haalde het voorbeeldjaar weg"),
    ("representative", "invite"): mark("maakte een inloglink voor %(id)s"),
    ("municipality", "invite"): mark("maakte een inloglink voor gemeente %(id)s"),
    ("year", "set ready"): mark("zette de overleggen van %(id)s klaar"),
    ("coordinator", "invite"): mark("maakte een inloglink voor de coördinator"),
}

ON_RECORDS = {
    "add": mark("voegde %(noun)s %(id)s toe"),
    "change": mark("veranderde %(noun)s %(id)s"),
    "end": mark("liet %(noun)s %(id)s eindigen"),
    "remove": mark("haalde %(noun)s %(id)s weg"),
    "undo": mark("maakte een wijziging van %(noun)s %(id)s ongedaan"),
}
"""What is done to records, whatever their kind."""

OTHERWISE = mark("%(act)s: %(noun)s %(id)s")
