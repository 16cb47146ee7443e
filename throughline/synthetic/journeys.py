"""What happens to a family, from first worry to today: each act follows from the one before it."""

from datetime import date, time, timedelta

from throughline.core.clocks import working_days
from throughline.synthetic.plan import AFamily, AFrame, AnEvent, APart, AWorker
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
METHODS = ["telephone", "form", "email", "telephone"]
# The front door's own outcomes: record/front_door/doors/outcomes.toml.
OUTCOMES = {
    "advice": "Information and advice",
    "signpost": "Signposted to another service",
    "early_help": "Early help",
    "assessment": "Assessment by a social worker",
    "no_further_action": "No further action",
}
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
            else:
                self._answer(family, contact, day)
            day += timedelta(days=self.random.randrange(40, 420))
            if day > self.authority.as_of or index + 1 == rounds:
                return

    def arrive(self, family: AFamily) -> None:
        """Let a contact come in that nobody has decided about yet."""
        self._contact(family, family.first_known)

    def _contact(self, family: AFamily, day: date) -> AnEvent:
        pick = self.random
        child, carer = self._child(family), self._carer(family)
        source, role, agency = pick.choices(SOURCES, SHARES)[0]
        worry = say(pick, "worries", child, carer)
        if pick.random() < rate("consultations_for_each_contact"):
            self._consultation(family, day, source, role, agency, worry)
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

    def _consultation(self, family: AFamily, day: date, source: str, role: str, agency: str, worry: str) -> None:
        pick = self.random
        child, carer = self._child(family), self._carer(family)
        on = day - timedelta(days=pick.randrange(5, 60))
        # Whoever asked named the child: the family was known from then.
        family.first_known = min(family.first_known, on)
        self._event(
            "consultation",
            on,
            family,
            [APart(child.key)],
            f"Consultation with {role.lower() or 'a caller'}",
            words=worry,
            worker=self.door,
            more={"source": source, "role": role, "agency": agency, "advice": say(pick, "advice", child, carer)},
        )

    def _answer(self, family: AFamily, contact: AnEvent, day: date) -> None:
        pick = self.random
        child, carer = self._child(family), self._carer(family)
        outcome = pick.choices(["advice", "signpost", "early_help", "no_further_action"], [0.4, 0.15, 0.2, 0.25])[0]
        self._decision(family, contact, contact, day, outcome, say(pick, "decisions_nfa", child, carer))

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
            worker=self.door,
            follows=contact.key,
            more={"source": contact.more["source"], "need": need, "assessed": assessed, "contact": contact.key},
        )
        over = decided <= self.authority.as_of
        self.authority.frames += [
            AFrame(
                one.key,
                referral.key,
                "referral_decision",
                "Decision on the referral",
                day,
                working_days.add(day, 1),
                decided if over else None,
            )
            for one in children
        ]
        if not over:
            return decided
        worker = self._given_to(day) if assessed else None
        reasons = say(pick, "decisions_assess" if assessed else "decisions_nfa", child, carer)
        outcome = "assessment" if assessed else "early_help"
        self._decision(family, contact, referral, decided, outcome, reasons, worker.team if worker else None)
        if worker is None:
            return decided
        return self._work(family, referral, decided, need, worker)

    def _given_to(self, day: date) -> AWorker:
        # Two workers are those whom visitors sign in as: of what is recent, most is theirs.
        if day <= self.authority.as_of - timedelta(days=240):
            return self._next_worker()
        self.recent += 1
        share = self.recent % 5
        return (
            self.social_workers[0] if share in (1, 3) else self.social_workers[1] if share == 2 else self._next_worker()
        )

    def _decision(
        self,
        family: AFamily,
        contact: AnEvent,
        follows: AnEvent,
        day: date,
        outcome: str,
        reasons: str,
        team: int | None = None,
    ) -> None:
        self._event(
            "decision",
            day,
            family,
            [APart(part.person) for part in contact.parts],
            OUTCOMES[outcome],
            worker=self.decider,
            at=time(self.random.randrange(18, 20), self.random.randrange(60)),
            follows=follows.key,
            decision=OUTCOMES[outcome],
            reason=reasons,
            more={"contact": contact.key, "outcome": outcome, "team": team},
        )
