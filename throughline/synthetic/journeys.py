"""What happens to a family, from first worry to today: each act follows from the one before it."""

from datetime import date, time, timedelta

from throughline.core.clocks import working_days
from throughline.synthetic.plan import AFamily, AFrame, AnEvent, APart
from throughline.synthetic.rates import rate
from throughline.synthetic.words import say
from throughline.synthetic.working import Working

SOURCES = [
    ("2A", "Designated safeguarding lead", "School"),
    ("6", "Police officer", "Police"),
    ("3B", "Health visitor", "Community health"),
    ("3A", "General practitioner", "Surgery"),
    ("1A", "Grandmother", ""),
    ("4", "Housing officer", "Housing"),
    ("3E", "Nurse", "Hospital"),
    ("9", "", ""),
]
SHARES = [0.28, 0.27, 0.1, 0.05, 0.12, 0.06, 0.07, 0.05]
METHODS = ["phone", "form", "email", "phone"]
NEEDS = ["N1", "N2", "N3", "N4", "N5", "N6", "N8"]


class Journeys(Working):
    """Writes the events of one family after another into ``authority``."""

    def live(self, family: AFamily, *, referred: bool) -> None:
        """Let the family's journey happen, from its first day known to today."""
        day = family.first_known
        rounds = 2 if self.random.random() < (rate("referrals_for_each_child") - 1) else 1
        for index in range(rounds):
            contact = self._contact(family, day)
            if referred or self.random.random() < rate("contact_becomes_referral"):
                day = self._referral(family, contact, day)
            if day > self.authority.as_of or index + 1 == rounds:
                return
            day += timedelta(days=self.random.randrange(40, 420))
            if day > self.authority.as_of:
                return

    def _contact(self, family: AFamily, day: date) -> AnEvent:
        pick = self.random
        child, carer = self._child(family), self._carer(family)
        source, role, agency = pick.choices(SOURCES, SHARES)[0]
        worry = say(pick, "worries", child, carer)
        if pick.random() < rate("consultations_for_each_contact"):
            self._event(
                "consultation",
                day - timedelta(days=pick.randrange(5, 60)),
                family,
                [APart(child.key)],
                f"Consultation with {role.lower() or 'a caller'}",
                words=worry,
                worker=self.door,
                more={"source": source, "role": role, "agency": agency, "advice": say(pick, "advice", child, carer)},
            )
        return self._event(
            "contact",
            day,
            family,
            [APart(child.key) for child in self._children(family, day)],
            f"Contact from {role.lower() if role else 'someone who gave no name'}",
            words=worry,
            worker=self.door,
            at=time(pick.randrange(8, 18), pick.randrange(60)),
            more={
                "source": source,
                "role": role,
                "agency": agency,
                "method": pick.choice(METHODS),
                "known": say(pick, "known", child, carer),
                "told": say(pick, "told_parents", child, carer),
                "feedback": pick.random() < rate("feedback_given_to_referrer"),
            },
        )

    def _referral(self, family: AFamily, contact: AnEvent, day: date) -> date:
        pick = self.random
        child, carer = self._child(family), self._carer(family)
        children = self._children(family, day)
        assessed = pick.random() < rate("referral_is_assessed")
        need = "N1" if pick.random() < rate("abuse_or_neglect_among_need") else pick.choice(NEEDS[1:])
        decided = working_days.add(day, pick.choices([0, 1, 2], [0.6, 0.34, 0.06])[0])
        referral = self._event(
            "referral",
            day,
            family,
            [APart(one.key) for one in children],
            f"Referral from {str(contact.more['role']).lower() or 'someone who gave no name'}",
            worker=self.decider,
            follows=contact.key,
            decision="Assess with the family" if assessed else "Early help and advice; nothing more by this service",
            reason=say(pick, "decisions_assess" if assessed else "decisions_nfa", child, carer),
            more={"source": contact.more["source"], "need": need, "assessed": assessed, "decided": decided},
        )
        for one in children:
            self.authority.frames.append(
                AFrame(
                    one.key,
                    referral.key,
                    "referral_decision",
                    "Decision on the referral",
                    day,
                    working_days.add(day, 1),
                    decided if decided <= self.authority.as_of else None,
                )
            )
        if not assessed:
            for one in children:
                self._episode(one, "in_need", day, decided, "closed: no further action", referral, None)
            return decided
        return self._work(family, referral, decided, need)
