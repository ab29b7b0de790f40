"""What kind of program asks: enough to tell its owner that it works, and nothing more."""

_KINDS = (
    ("thunderbird", "Thunderbird"),
    ("nextcloud", "Nextcloud"),
    ("google", "Google Agenda"),
    ("outlook", "Outlook"),
    ("microsoft", "Outlook"),
    ("davx5", "DAVx5 (Android)"),
    ("icsx5", "ICSx5 (Android)"),
    ("android", "Android"),
    ("ios/", "iPhone of iPad"),
    ("iphone", "iPhone of iPad"),
    ("ipad", "iPhone of iPad"),
    ("macos", "Mac"),
    ("dataaccessd", "iPhone of iPad"),
    ("mac os", "Mac"),
    ("mac+os", "Mac"),
    ("vdirsyncer", "vdirsyncer"),
)
OTHER = "een ander programma"


def kind_of(user_agent: str) -> str:
    """The kind of program by its own name for itself.

    >>> kind_of("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.7.0")
    'Thunderbird'
    """
    lowered = user_agent.lower()
    return next((kind for sign, kind in _KINDS if sign in lowered), OTHER)


_BROWSERS = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
_DEVICES = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("cros", "Chromebook"),
    ("linux", "Linux"),
)
UNKNOWN_BROWSER = "Browser"


def browser_of(user_agent: str) -> str:
    """A browser and its device, for its owner to recognise; no version, so it tells nobody apart.

    >>> browser_of("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Windows'
    """
    lowered = user_agent.lower()
    found = (
        next((name for sign, name in signs if sign in lowered), "")
        for signs in (_BROWSERS, _DEVICES)
    )
    return ", ".join(filter(None, found)) or UNKNOWN_BROWSER
