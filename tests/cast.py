"""The fixed cast of people in tests. Every view test has the outsider; most have the worker of another team."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from throughline.core.access.models import Allocation, Grant, Service, Team, User
from throughline.record.families.models import Family, Membership, Relationship
from throughline.record.people import names
from throughline.record.people.models import Name, Person

LONG_AGO = date(2020, 1, 6)


@dataclass
class Cast:
    """Everyone, by what they are."""

    social_worker: User
    team_manager: User
    other_worker: User
    front_door: User
    front_door_manager: User
    chair: User
    analyst: User
    auditor: User
    partner: User
    parent: User
    young_person: User
    administrator: User
    outsider: User
    team: Team
    other_team: Team
    front_door_team: Team
    # The Okafor family, with whom the social worker works: Ada (9), Ben (6), a sister not yet born, their mother.
    family: Family
    ada: Person
    ben: Person
    unborn: Person
    mother: Person
    # A child with whom the other team works.
    theirs: Person
    their_family: Family


def person(
    given: str, surname: str, born: date | None = None, *, expected: date | None = None, sex: str = ""
) -> Person:
    """Return a saved person with one shown name."""
    made = Person.objects.create(date_of_birth=born, expected_date=expected, sex=sex)
    names.show(made, Name(person=made, given=given, family=surname))
    return made


def user(username: str, first: str, last: str, role: str | None, team: Team | None = None) -> User:
    """Return a saved user with the role, signed in by ``client.force_login``."""
    made = User.objects.create(username=username, first_name=first, last_name=last, email=f"{username}@example.org")
    made.set_password("a long enough password")
    made.save()
    if role:
        Grant.objects.create(
            user=made, role=role, team=team, service=team.service if team else None, started_on=LONG_AGO
        )
    return made


def gather() -> Cast:
    """Make the cast in the database."""
    today = timezone.localdate()
    help_ = Service.objects.create(name="Help and protection")
    door = Service.objects.create(name="Front door")
    team = Team.objects.create(name="Riverside", service=help_)
    other_team = Team.objects.create(name="Hillside", service=help_)
    door_team = Team.objects.create(name="Multi-agency safeguarding hub", service=door)
    worker = user("ruth", "Ruth", "Bell", "social_worker", team)
    other = user("tom", "Tom", "Hardy", "social_worker", other_team)
    ada = person("Ada", "Okafor", date(today.year - 9, 1, 15), sex="F")
    ben = person("Ben", "Okafor", date(today.year - 6, 1, 20), sex="M")
    unborn = person("Baby", "Okafor", expected=today + timedelta(days=60))
    mother = person("Grace", "Okafor", date(1992, 5, 4), sex="F")
    theirs = person("Liam", "Stone", date(today.year - 11, 1, 2), sex="M")
    family = Family.objects.create(label="Okafor family", made_on=LONG_AGO)
    for member in (ada, ben, unborn):
        Membership.objects.create(family=family, person=member, subject_child=True)
        Relationship.objects.create(
            person=mother, other=member, type="mother", parental_responsibility=True, main_carer=True
        )
    Membership.objects.create(family=family, person=mother)
    their_family = Family.objects.create(label="Stone family", made_on=LONG_AGO)
    Membership.objects.create(family=their_family, person=theirs, subject_child=True)
    for child in (ada, ben, unborn):
        Allocation.objects.create(person=child, worker=worker, team=team, started_on=today - timedelta(days=120))
    Allocation.objects.create(person=theirs, worker=other, team=other_team, started_on=today - timedelta(days=90))
    return Cast(
        social_worker=worker,
        team_manager=user("maya", "Maya", "Clarke", "team_manager", team),
        other_worker=other,
        front_door=user("fay", "Fay", "Doyle", "front_door_worker", door_team),
        front_door_manager=user("frank", "Frank", "Moss", "front_door_manager", door_team),
        chair=user("carol", "Carol", "Price", "conference_chair"),
        analyst=user("ann", "Ann", "Lister", "analyst"),
        auditor=user("aidan", "Aidan", "Reid", "auditor"),
        partner=user("pat", "Pat", "Teacher", "partner"),
        parent=user("grace", "Grace", "Okafor", "parent"),
        young_person=user("yusuf", "Yusuf", "Ali", "young_person"),
        administrator=user("alex", "Alex", "Admin", "administrator"),
        outsider=user("otto", "Otto", "Out", None),
        team=team,
        other_team=other_team,
        front_door_team=door_team,
        family=family,
        ada=ada,
        ben=ben,
        unborn=unborn,
        mother=mother,
        theirs=theirs,
        their_family=their_family,
    )
