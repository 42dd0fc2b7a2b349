"""The device somebody signs in with, in words they recognise."""

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"))
LATER_BROWSERS = (("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)


def in_words(user_agent: str) -> str:
    """ "Firefox on Windows", or as much of it as the browser tells."""
    browser = _first(user_agent, (*BROWSERS, *LATER_BROWSERS)) or "A browser"
    system = _first(user_agent, SYSTEMS)
    return f"{browser} on {system}" if system else browser


def _first(user_agent: str, names: tuple[tuple[str, str], ...]) -> str | None:
    return next((words for sign, words in names if sign in user_agent), None)
