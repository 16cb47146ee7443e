"""Writes about people. One verb each; see the modules for what each raises."""

from throughline.record.people.actions.create import create_person
from throughline.record.people.actions.details import CHANGEABLE, change_details
from throughline.record.people.actions.named import add_identifier, add_name, end_identifier, end_name, show_name
from throughline.record.people.actions.needs import add_warning, end_warning, set_disabilities
from throughline.record.people.actions.places import add_address, add_contact, end_address, end_contact

__all__ = [
    "CHANGEABLE",
    "add_address",
    "add_contact",
    "add_identifier",
    "add_name",
    "add_warning",
    "change_details",
    "create_person",
    "end_address",
    "end_contact",
    "end_identifier",
    "end_name",
    "end_warning",
    "set_disabilities",
    "show_name",
]
