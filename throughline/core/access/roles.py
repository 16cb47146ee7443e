"""Who may do what, how far. The one table of roles: read it aloud to check it.

An action is allowed within a scope: their own children, their team's, their service's, the authority's.
A role that does not name an action may not do it at all.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Action(StrEnum):
    """The five things that access is asked about."""

    VIEW = "view"
    RECORD = "record"
    DECIDE = "decide"
    ALLOCATE = "allocate"
    ADMINISTER = "administer"


class Scope(IntEnum):
    """How far an action reaches. Each includes the ones before it."""

    OWN = 1
    TEAM = 2
    SERVICE = 3
    AUTHORITY = 4


@dataclass(frozen=True)
class Role:
    """A role: its code, its name on screen, a sentence that says who holds it, and what it may do."""

    code: str
    name: str
    who: str
    may: dict[Action, Scope] = field(default_factory=dict)
    # Sees the log of who opened records, within the scope of its VIEW.
    reads_view_log: bool = False


_ALL = (
    Role(
        "social_worker",
        "Social worker",
        "Works with children and families who are allocated to them.",
        {Action.VIEW: Scope.OWN, Action.RECORD: Scope.OWN},
    ),
    Role(
        "early_help_worker",
        "Early help worker",
        "Works with families before statutory help, or beside it.",
        {Action.VIEW: Scope.OWN, Action.RECORD: Scope.OWN},
    ),
    Role(
        "front_door_worker",
        "Front door worker",
        "Takes contacts. Must find what is already known of any child, so sees the authority's record; "
        "each look is logged.",
        {Action.VIEW: Scope.AUTHORITY, Action.RECORD: Scope.AUTHORITY},
    ),
    Role(
        "front_door_manager",
        "Front door manager",
        "Decides what follows a contact or a referral, and to which team the family goes.",
        {
            Action.VIEW: Scope.AUTHORITY,
            Action.RECORD: Scope.AUTHORITY,
            Action.DECIDE: Scope.AUTHORITY,
            Action.ALLOCATE: Scope.AUTHORITY,
        },
        reads_view_log=True,
    ),
    Role(
        "team_manager",
        "Team manager",
        "Leads a team: decides with its workers, allocates, reads who opened its children's records.",
        {
            Action.VIEW: Scope.TEAM,
            Action.RECORD: Scope.TEAM,
            Action.DECIDE: Scope.TEAM,
            Action.ALLOCATE: Scope.TEAM,
        },
        reads_view_log=True,
    ),
    Role(
        "service_manager",
        "Service manager",
        "Leads several teams.",
        {
            Action.VIEW: Scope.SERVICE,
            Action.RECORD: Scope.SERVICE,
            Action.DECIDE: Scope.SERVICE,
            Action.ALLOCATE: Scope.SERVICE,
        },
        reads_view_log=True,
    ),
    Role(
        "business_support",
        "Business support",
        "Records for the workers of a team; the author of what is recorded remains the worker.",
        {Action.VIEW: Scope.TEAM, Action.RECORD: Scope.TEAM},
    ),
    Role(
        "conference_chair",
        "Conference chair or reviewing officer",
        "Chairs conferences and reviews of children for whom they are named.",
        {Action.VIEW: Scope.OWN, Action.RECORD: Scope.OWN, Action.DECIDE: Scope.OWN},
    ),
    Role(
        "analyst",
        "Performance analyst",
        "Prepares returns and figures, and opens the records behind them.",
        {Action.VIEW: Scope.AUTHORITY},
    ),
    Role(
        "auditor",
        "Auditor",
        "Reads records and the account of who did what, to learn and to check.",
        {Action.VIEW: Scope.AUTHORITY},
        reads_view_log=True,
    ),
    Role(
        "director",
        "Director of children's services",
        "Answers for the whole service.",
        {Action.VIEW: Scope.AUTHORITY, Action.DECIDE: Scope.AUTHORITY},
        reads_view_log=True,
    ),
    Role(
        "administrator",
        "Administrator",
        "Looks after accounts, teams and configuration. Sees no child's record.",
        {Action.ADMINISTER: Scope.AUTHORITY},
    ),
    # These sign in to what concerns them (issues to come); from the workers' side they see nothing.
    Role("partner", "Partner professional", "Works with children elsewhere: school, health, police, housing."),
    Role("parent", "Parent or carer", "A parent or carer of a child whom the service knows."),
    Role("young_person", "Young person", "A child or young person whom the service knows."),
)

ROLES: dict[str, Role] = {role.code: role for role in _ALL}
CHOICES = [(role.code, role.name) for role in _ALL]
