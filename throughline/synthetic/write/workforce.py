"""Services, teams, users and their roles."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from throughline.core.access.models import Grant, Service, Team, User
from throughline.synthetic.build import YEARS
from throughline.synthetic.write.laying import Ids, Laid, lay, moment


def write(ids: Ids, password: str) -> None:
    """Write them. All have the one password, hashed once: a made-up authority is for showing."""
    authority = ids.authority
    began = authority.as_of - timedelta(days=365 * YEARS + 30)
    services: dict[str, Service] = {}
    for team in authority.teams:
        if team.service not in services:
            services[team.service] = lay([Laid(Service(name=team.service), moment(began))])[0]
        ids.teams[team.key] = lay([Laid(Team(name=team.name, service=services[team.service]), moment(began))])[0]
    hashed = make_password(password)
    users = User.objects.bulk_create(
        [
            User(
                username=one.username, first_name=one.first, last_name=one.last, password=hashed,
                email=f"{one.username}@aldermere.example", job_title=one.title,
            )
            for one in authority.workers
        ]
    )  # fmt: skip
    ids.users = dict(enumerate(users))
    lay(
        [
            Laid(
                Grant(
                    user=ids.users[one.key],
                    role=one.role,
                    team=ids.teams.get(one.team) if one.team is not None else None,
                    service=ids.teams[one.team].service if one.team is not None else None,
                    started_on=began,
                ),
                moment(began),
            )
            for one in authority.workers
        ]
    )
