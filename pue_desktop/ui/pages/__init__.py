"""The pages of the window: one file each, one line each in this table."""

from pue_desktop.ui.pages.base import Page
from pue_desktop.ui.pages.certify import CertifyPage
from pue_desktop.ui.pages.export import ExportPage
from pue_desktop.ui.pages.images import ImagesPage
from pue_desktop.ui.pages.inspect import InspectPage
from pue_desktop.ui.pages.preferences import PreferencesPage
from pue_desktop.ui.pages.protect import ProtectPage
from pue_desktop.ui.pages.runs import RunsPage
from pue_desktop.ui.pages.stress import StressPage
from pue_desktop.ui.pages.verify import VerifyPage

PAGES: tuple[type[Page], ...] = (
    ImagesPage,
    ProtectPage,
    InspectPage,
    CertifyPage,
    StressPage,
    ExportPage,
    VerifyPage,
    RunsPage,
    PreferencesPage,
)
"""In the order of the sidebar."""
