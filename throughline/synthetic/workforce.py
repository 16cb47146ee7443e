"""Teams and workers of the made-up authority."""

from datetime import date
from random import Random

from throughline.synthetic.families import Names
from throughline.synthetic.plan import AnAuthority, ATeam, AWorker

# The people whose names `throughline demo` prints: each is one kind of user.
CAST = [
    ("social.worker", "Ruth", "Bell", "social_worker", 2, "Social worker"),
    ("team.manager", "Maya", "Clarke", "team_manager", 2, "Team manager"),
    ("other.worker", "Tom", "Hardy", "social_worker", 3, "Social worker"),
    ("front.door", "Fay", "Doyle", "front_door_worker", 0, "Contact and referral worker"),
    ("front.door.manager", "Frank", "Moss", "front_door_manager", 0, "Front door manager"),
    ("early.help", "Erin", "Shaw", "early_help_worker", 1, "Early help worker"),
    ("chair", "Carol", "Price", "conference_chair", None, "Conference chair"),
    ("analyst", "Ann", "Lister", "analyst", None, "Performance analyst"),
    ("auditor", "Aidan", "Reid", "auditor", None, "Principal social worker"),
    ("director", "Dawn", "Hughes", "director", None, "Director of children's services"),
    ("administrator", "Alex", "Webb", "administrator", None, "System administrator"),
    ("partner", "Pat", "Green", "partner", None, "Designated safeguarding lead, Northgate Primary"),
    ("parent", "Grace", "Martin", "parent", None, "Parent"),
    ("young.person", "Yusuf", "Ali", "young_person", None, "Young person"),
]
AREAS = ["Riverside", "Hillside", "Harbour", "Fairfield", "Northgate", "Millbrook", "Castle", "Parkside"]
# Children for each social worker, about: national figures lie between 15 and 20.
CASELOAD = 16


def staff(authority: AnAuthority, random: Random, open_children: int) -> None:
    """Add teams, the cast, and enough social workers for so many children at once."""
    authority.teams += [
        ATeam(0, "Multi-agency safeguarding hub", "Front door"),
        ATeam(1, "Family hub", "Early help"),
    ]
    teams = max(2, min(len(AREAS), open_children // (CASELOAD * 5) + 1))
    authority.teams += [ATeam(2 + index, AREAS[index], "Help and protection") for index in range(teams)]
    for username, first, last, role, team, title in CAST:
        authority.workers.append(AWorker(len(authority.workers), username, first, last, role, team, title))
    names = Names(random)
    wanted = max(4, open_children // CASELOAD)
    for index in range(wanted):
        team = 2 + index % teams
        sex = random.choice("FFFM")
        authority.workers.append(
            AWorker(
                len(authority.workers),
                f"worker{index + 1}",
                names.given("en_GB", sex),
                names.family("en_GB"),
                "social_worker",
                team,
                "Social worker",
            )
        )


def on_day(authority: AnAuthority, day: date) -> list[AWorker]:
    """Return the social workers; in this authority all stay for its whole history, and hand over between them."""
    return [one for one in authority.workers if one.role == "social_worker"]
