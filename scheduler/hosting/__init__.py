"""Several provinces in one installation: which there are, and that they have nothing in common.

Each has a data folder of its own with its `settings.toml`, its own database and its own key. So
nothing inside has to tell provinces apart: only the host name by which one is called does.
"""

from scheduler.hosting.own_settings import FILE, host_of
from scheduler.hosting.provinces import Hosted, found, is_name, names_of

__all__ = ["FILE", "Hosted", "found", "host_of", "is_name", "names_of"]
