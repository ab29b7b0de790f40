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
    "request": mark("uitnodiging"),
    "api key": mark("sleutel"),
    "webhook": mark("webhook"),
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
    ("province", "invite"): mark("maakte een inloglink voor de provincie"),
    ("corporation", "invite"): mark("maakte een inloglink voor %(id)s"),
    ("request", "ask"): mark("stuurde uitnodiging %(id)s"),
    ("request", "accept"): mark("nam uitnodiging %(id)s aan"),
    ("request", "decline"): mark("wees uitnodiging %(id)s af"),
    ("request", "withdraw"): mark("trok uitnodiging %(id)s in"),
    ("request", "move"): mark("verzette uitnodiging %(id)s"),
    ("request", "change"): mark("veranderde uitnodiging %(id)s"),
    ("request", "propose"): mark("stelde andere tijden voor bij uitnodiging %(id)s"),
    ("request", "refuse"): mark("wees een voorstel af bij uitnodiging %(id)s"),
    ("request", "add papers"): mark("voegde stukken toe aan uitnodiging %(id)s"),
    ("request", "remove paper"): mark("haalde een stuk weg bij uitnodiging %(id)s"),
    ("request", "renew link"): mark("maakte een nieuwe link voor uitnodiging %(id)s"),
    ("api key", "issue"): mark("maakte een sleutel voor software"),
    ("api key", "revoke"): mark("trok een sleutel voor software in"),
    ("webhook", "subscribe"): mark("liet software berichten sturen"),
    ("webhook", "unsubscribe"): mark("zette berichten naar software uit"),
    ("coordinator", "invite"): mark("maakte een inloglink voor de coördinator"),
}

OTHERWISE = mark("%(act)s: %(noun)s %(id)s")
