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
    "supposition": mark("aanname"),
}

ACTS = {
    ("plan", "queue"): mark("vroeg een voorstel: concept %(id)s"),
    ("plan", "stop"): mark("stopte de berekening van concept %(id)s"),
    ("plan", "discard"): mark("deed concept %(id)s weg"),
    ("plan", "take"): mark("nam concept %(id)s over om mee verder te werken"),
    ("plan", "adjust"): mark("haalde wijzigingen uit concept %(id)s"),
    ("publication", "publish"): mark("publiceerde nummer %(id)s"),
    ("publication", "restore"): mark("maakte een concept van publicatie %(id)s"),
    ("supposition", "suppose"): mark("vroeg wat er gebeurt: aanname %(id)s"),
    ("supposition", "stop"): mark("stopte de berekening van aanname %(id)s"),
    ("supposition", "keep"): mark("bewaarde aanname %(id)s"),
    ("supposition", "drop"): mark("deed aanname %(id)s weg"),
    ("feed", "renew"): mark("gaf een agenda-abonnement een nieuw adres"),
    ("account", "issue"): mark("maakte een wachtwoord voor een agenda-account"),
    ("province", "load"): mark("laadde de gegevens van de provincie"),
    ("sample", "add"): mark("laadde het voorbeeldjaar"),
    ("sample", "remove"): mark("haalde het voorbeeldjaar weg"),
    ("representative", "invite"): mark("maakte een inloglink voor %(id)s"),
    ("municipality", "invite"): mark("maakte een inloglink voor gemeente %(id)s"),
    ("coordinator", "invite"): mark("maakte een inloglink voor de coördinator"),
}

OTHERWISE = mark("%(act)s: %(noun)s %(id)s")
