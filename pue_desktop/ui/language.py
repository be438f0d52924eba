"""The language of the window: which there are, which one is spoken, and where its words lie.

`resources/translations` holds for each language a `.ts` file for Qt Linguist and the `.qm` file made from it; English
has one for its plural forms only. Command line, log file and certificate stay English. A change takes effect at the
next start: what is on the screen was made with the words of the old language.
"""

import json

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from pue_desktop.settings import Language
from pue_desktop.shipped import shipped
from pue_desktop.ui import engine_words

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""What each language calls itself; it is offered under that name, whatever language is spoken."""
ENGLISH = "en"
_OWNER = "translators"
_PROPERTY = "language"


def spoken(chosen: Language) -> str:
    """Returns the code of the language that is spoken: the chosen one, or the first the system asks for."""
    if chosen != "system":
        return chosen
    wanted = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in wanted if code in LANGUAGES), ENGLISH)


def speak(chosen: Language) -> str:
    """Makes the program speak a language from now on, and write figures as it does; returns its code.

    To be called before the window is made. A translation that is missing from the installation leaves English.
    """
    code = spoken(chosen)
    application = QCoreApplication.instance()
    assert application is not None
    _forget(application)
    QLocale.setDefault(_locale(chosen, code))
    owner = QObject(application, objectName=_OWNER)
    for name, folder in _places(code):
        translator = QTranslator(owner)
        if translator.load(name, folder):
            application.installTranslator(translator)
    application.setProperty(_PROPERTY, code)
    engine_words.use([] if code == ENGLISH else engine_templates())
    return code


def current() -> str:
    """Returns the code of the language that is spoken."""
    application = QCoreApplication.instance()
    return str(application.property(_PROPERTY) or ENGLISH) if application is not None else ENGLISH


def engine_templates() -> list[str]:
    """Returns every text of the engine; none if they are missing from the installation."""
    found = shipped("resources", "translations", "engine.json")
    return [] if found is None else list(json.loads(found.read_text(encoding="utf-8")))


def _locale(chosen: Language, code: str) -> QLocale:
    """Returns how figures are written: as in the user's own country where its language is spoken."""
    system = QLocale.system()
    same = chosen == "system" and system.name().partition("_")[0] == code
    return system if same and code != ENGLISH else QLocale({"de": "de_DE"}.get(code, "en_GB"))


def _places(code: str) -> list[tuple[str, str]]:
    places = [(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))]
    own = shipped("resources", "translations")
    return places if own is None else [*places, (f"pue_desktop_{code}", str(own))]


def _forget(application: QCoreApplication) -> None:
    """Takes the words of the language before away."""
    for owner in application.findChildren(QObject, _OWNER):
        for translator in owner.findChildren(QTranslator):
            application.removeTranslator(translator)
        owner.setObjectName("")
        owner.deleteLater()
