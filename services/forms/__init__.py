"""The forms of the catalogue's pages."""

from services.forms.accepting import accepted
from services.forms.finding import ServiceFilterForm
from services.forms.parts import ComponentForm, GroupForm, StatusForm
from services.forms.service import ServiceForm, initial_of

__all__ = ["ComponentForm", "GroupForm", "ServiceFilterForm", "ServiceForm", "StatusForm", "accepted", "initial_of"]
