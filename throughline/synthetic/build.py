"""Builds the made-up authority in memory: the same for the same number, seed and day."""

from datetime import date, timedelta
from random import Random

from throughline.synthetic.families import FamilyMaker
from throughline.synthetic.journeys import Journeys
from throughline.synthetic.plan import AnAuthority
from throughline.synthetic.workforce import staff

YEARS = 6


def build(children: int, seed: int, as_of: date) -> AnAuthority:
    """Return an authority in which at least ``children`` children were referred over six years to ``as_of``.

    Families whose contacts never became a referral come on top, in the proportion of rates.toml.
    Raises ValueError for fewer than one child.
    """
    if children < 1:
        raise ValueError("An authority needs at least one child.")
    random = Random(f"{seed}:{children}:{as_of.isoformat()}")  # noqa: S311 - made-up people, not secrets
    authority = AnAuthority(seed, as_of)
    # About one referred child in six is open on a day, by the lengths of work in journeys.
    staff(authority, random, max(children // 6, 1))
    maker = FamilyMaker(random, as_of, authority.people)
    journeys = Journeys(authority, random)
    referred = 0
    while referred < children:
        days = int(YEARS * 365 * random.betavariate(1.25, 0.9))
        family = maker.make(len(authority.families), as_of - timedelta(days=YEARS * 365 - days + 3))
        authority.families.append(family)
        journeys.live(family, referred=True)
        referred += len(family.children)
        # Contacts that led to advice alone: seven for each three referrals would drown the demo; half are kept.
        if random.random() < 0.5:
            other = maker.make(len(authority.families), family.first_known)
            authority.families.append(other)
            journeys.live(other, referred=False)
    for back in (0, 0, 1, 1, 2):
        family = maker.make(len(authority.families), as_of - timedelta(days=back))
        authority.families.append(family)
        journeys.arrive(family)
    return authority
