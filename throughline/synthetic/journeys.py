"""What happens to a family, from first worry to today: each act follows from the one before it."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from throughline.core.clocks import working_days
from throughline.synthetic.plan import (
    AFamily,
    AFrame,
    AnAllocation,
    AnAuthority,
    AnEpisode,
    AnEvent,
    APart,
    APerson,
    AWorker,
)
from throughline.synthetic.rates import rate
from throughline.synthetic.words import fill, phrases, said, say

SOURCES = [("2A", "Designated safeguarding lead", "School"), ("6", "Police officer", "Police"),
           ("3B", "Health visitor", "Community health"), ("3A", "General practitioner", "Surgery"),
           ("1A", "Grandmother", ""), ("4", "Housing officer", "Housing"), ("3E", "Nurse", "Hospital"),
           ("9", "", "")]  # fmt: skip
SHARES = [0.28, 0.27, 0.1, 0.05, 0.12, 0.06, 0.07, 0.05]
METHODS = ["phone", "form", "email", "phone"]
NEEDS = ["N1", "N2", "N3", "N4", "N5", "N6", "N8"]


@dataclass
class _Case:
    """A stretch of statutory work with one family."""

    family: AFamily
    worker: AWorker
    start: date


class Journeys:
    """Writes the events of one family after another into ``authority``."""

    def __init__(self, authority: AnAuthority, random: Random) -> None:
        self.authority, self.random = authority, random
        self.door = next(one for one in authority.workers if one.role == "front_door_worker")
        self.decider = next(one for one in authority.workers if one.role == "front_door_manager")
        self.managers = {one.team: one for one in authority.workers if one.role == "team_manager"}
        self.social_workers = [one for one in authority.workers if one.role == "social_worker"]
        self.turn = 0

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

    # -- the front door ---------------------------------------------------------------------------------------

    def _contact(self, family: AFamily, day: date) -> AnEvent:
        pick = self.random
        child, carer = self._child(family), self._carer(family)
        source, role, agency = pick.choices(SOURCES, SHARES)[0]
        worry = say(pick, "worries", child, carer)
        if pick.random() < rate("consultations_for_each_contact"):
            self._event(
                "consultation", day - timedelta(days=pick.randrange(5, 60)), family, [APart(child.key)],
                f"Consultation with {role.lower() or 'a caller'}", words=worry, worker=self.door,
                more={"source": source, "role": role, "agency": agency, "advice": say(pick, "advice", child, carer)},
            )  # fmt: skip
        return self._event(
            "contact", day, family, [APart(child.key) for child in self._children(family, day)],
            f"Contact from {role.lower() if role else 'someone who gave no name'}", words=worry, worker=self.door,
            at=time(pick.randrange(8, 18), pick.randrange(60)),
            more={
                "source": source, "role": role, "agency": agency, "method": pick.choice(METHODS),
                "known": say(pick, "known", child, carer), "told": say(pick, "told_parents", child, carer),
                "feedback": pick.random() < rate("feedback_given_to_referrer"),
            },
        )  # fmt: skip

    def _referral(self, family: AFamily, contact: AnEvent, day: date) -> date:
        pick = self.random
        child, carer = self._child(family), self._carer(family)
        children = self._children(family, day)
        assessed = pick.random() < rate("referral_is_assessed")
        need = "N1" if pick.random() < rate("abuse_or_neglect_among_need") else pick.choice(NEEDS[1:])
        decided = working_days.add(day, pick.choices([0, 1, 2], [0.6, 0.34, 0.06])[0])
        referral = self._event(
            "referral", day, family, [APart(one.key) for one in children],
            f"Referral from {str(contact.more['role']).lower() or 'someone who gave no name'}",
            worker=self.decider, follows=contact.key,
            decision="Assess with the family" if assessed else "Early help and advice, no further action by this service",
            reason=say(pick, "decisions_assess" if assessed else "decisions_nfa", child, carer),
            more={"source": contact.more["source"], "need": need, "assessed": assessed, "decided": decided},
        )  # fmt: skip
        for one in children:
            self.authority.frames.append(
                AFrame(one.key, referral.key, "referral_decision", "Decision on the referral", day,
                       working_days.add(day, 1), decided if decided <= self.authority.as_of else None)
            )  # fmt: skip
        if not assessed:
            for one in children:
                self._episode(one, "in_need", day, decided, "closed: no further action", referral, None)
            return decided
        return self._work(family, referral, decided, need)

    # -- statutory work -----------------------------------------------------------------------------------------

    def _work(self, family: AFamily, referral: AnEvent, start: date, need: str) -> date:
        pick, today = self.random, self.authority.as_of
        case = _Case(family, self._next_worker(), start)
        children = self._children(family, start)
        assessed_on = self._assessment(case, referral, children)
        if assessed_on is None:
            self._open(case, children, referral)
            self._visits(case, children, start, today, every=10)
            return today + timedelta(days=1)
        if pick.random() > rate("assessed_child_is_in_need"):
            self._close(case, children, referral, assessed_on, "closed after assessment")
            self._visits(case, children, start, assessed_on, every=12)
            return assessed_on
        protected = pick.random() < rate("in_need_child_has_protection_plan")
        length = int(pick.lognormvariate(5.2, 0.55)) + 40
        end = assessed_on + timedelta(days=length)
        if protected:
            end = self._protection(case, children, start, assessed_on, end, need)
        last = min(end, today)
        self._plan(case, children, assessed_on, end)
        self._visits(case, children, start, last, every=10 if protected else 20)
        self._between(case, children, start, last)
        self._handovers(case, children, referral, start, end)
        return end

    def _assessment(self, case: _Case, referral: AnEvent, children: list[APerson]) -> date | None:
        pick = self.random
        child, carer = children[0], self._carer(case.family)
        due = working_days.add(case.start, 45)
        taken = min(max(int(pick.gauss(33, 11)), 8), 70)
        done = working_days.add(case.start, taken)
        finished = done <= self.authority.as_of
        factors = [code for code, share in (("3A", rate("domestic_abuse_factor")), ("4B", rate("mental_health_factor")),
                                            ("16A", 0.2), ("17A", 0.18)) if pick.random() < share] or ["21"]  # fmt: skip
        event = self._event(
            "assessment", case.start, case.family,
            [APart(one.key, said=said(pick, self._age(one, case.start)), how=pick.choice(phrases()["said_how"])) for one in children],
            "Assessment with the family" if finished else "Assessment with the family, being written",
            worker=case.worker, follows=referral.key,
            more={
                "done": done if finished else None, "factors": factors, "due": due,
                "reason": say(pick, "reason_assessment", child, carer),
                "analysis": say(pick, "analysis", child, carer),
                "recommend": say(pick, "recommend", child, carer),
            },
        )  # fmt: skip
        moved = done > due or pick.random() < rate("frame_moved")
        for one in children:
            self.authority.frames.append(
                AFrame(one.key, event.key, "assessment", "Assessment", case.start, due, done if finished else None,
                       moved_to=working_days.add(due, 10) if moved else None,
                       moved_on=working_days.add(case.start, 30) if moved else None,
                       moved_why="The family asked that grandmother be part of it, and she was in hospital." if moved else "")
            )  # fmt: skip
        return done if finished else None

    def _protection(
        self, case: _Case, children: list[APerson], start: date, assessed: date, end: date, need: str
    ) -> date:
        pick = self.random
        enquiry = start + timedelta(days=pick.randrange(2, 20))
        conference = working_days.add(enquiry, pick.choices([13, 14, 15, 17], [0.2, 0.3, 0.4, 0.1])[0])
        if conference > self.authority.as_of:
            return end
        length = int(pick.lognormvariate(5.5, 0.4))
        ended = conference + timedelta(days=length)
        category = "NEG" if pick.random() < rate("neglect_among_plans") else pick.choice(["EMO", "EMO", "PHY", "SAB"])
        for one in children:
            self._event("enquiry", enquiry, case.family, [APart(one.key)], "Section 47 enquiry", worker=case.worker,
                        more={"conference": conference})  # fmt: skip
            made = self._event("conference", conference, case.family, [APart(one.key)],
                               "Initial child protection conference: a plan was made", worker=case.worker,
                               more={"category": category})  # fmt: skip
            before = 1 if pick.random() < rate("second_plan") else 0
            self._episode(one, "protection", conference, ended, "no longer needed", made, None)
            self.authority.episodes[-1].why += f"|{category}|{before}"
            review = conference + timedelta(days=85)
            while review < min(ended, self.authority.as_of):
                self._event("protection_review", review, case.family, [APart(one.key)], "Review conference",
                            worker=case.worker, more={})  # fmt: skip
                review += timedelta(days=170)
        return max(end, ended + timedelta(days=30))

    def _plan(self, case: _Case, children: list[APerson], day: date, end: date) -> None:
        pick, today = self.random, self.authority.as_of
        carer = self._carer(case.family)
        for one in children:
            chosen = pick.sample(phrases()["actions"], 3)
            plan = self._event(
                "plan", day, case.family, [APart(one.key)], "Plan agreed with the family", worker=case.worker,
                more={
                    name: say(pick, name, one, carer)
                    for name in ("need_to_change", "safe_enough", "strengths", "already", "family_ideas", "goals")
                } | {
                    "ended": end if end <= today else None,
                    "actions": [
                        (fill(what, one, carer, case.worker.first), fill(who, one, carer, f"{case.worker.first} {case.worker.last}"),
                         day + timedelta(days=pick.randrange(10, 60)), pick.random() < 0.6)
                        for what, who in chosen
                    ],
                },
            )  # fmt: skip
            at = day + timedelta(days=pick.randrange(20, 40))
            while at < min(end, today):
                self._event("progress", at, case.family, [APart(one.key)], "Progress with the plan", worker=case.worker,
                            words=say(pick, "progress", one, carer), follows=plan.key)  # fmt: skip
                at += timedelta(days=pick.randrange(30, 75))
            review = day + timedelta(days=90)
            while review < min(end, today):
                self._event("plan_review", review, case.family, [APart(one.key)], "Review of the plan", worker=case.worker,
                            words=say(pick, "review", one, carer), follows=plan.key)  # fmt: skip
                review += timedelta(days=90)
            if end > today:
                self.authority.frames.append(
                    AFrame(one.key, plan.key, "", "Review of the plan", review - timedelta(days=90), review, None)
                )

    def _visits(self, case: _Case, children: list[APerson], start: date, last: date, every: int) -> None:
        pick = self.random
        day = start + timedelta(days=pick.randrange(1, 6))
        carer = self._carer(case.family)
        while day <= last and day <= self.authority.as_of:
            day = working_days.add(day, 0)
            if day > self.authority.as_of:
                return
            parts = [self._seen(one, carer, day) for one in children]
            self._event(
                "visit", day, case.family, parts, "Visit at home", worker=case.worker,
                words=say(pick, "visit", children[0], carer), at=time(pick.randrange(9, 18), pick.choice([0, 15, 30, 45])),
                more={
                    "purpose": say(pick, "visit_purpose", children[0], carer),
                    "changed": say(pick, "what_changed", children[0], carer),
                },
            )  # fmt: skip
            day += timedelta(days=max(3, int(pick.gauss(every, every / 4))))

    def _seen(self, child: APerson, carer: APerson, day: date) -> APart:
        pick = self.random
        if child.born is None or child.born > day:
            return APart(child.key)
        if pick.random() > rate("seen_at_visit"):
            return APart(child.key, seen=False, why_not=say(pick, "not_seen", child, carer)[:120])
        talks = pick.random() < 0.35
        words = said(pick, self._age(child, day)) if talks else ""
        return APart(
            child.key,
            seen=True,
            alone=self._age(child, day) > 2 and pick.random() < rate("seen_alone_when_seen"),
            said=words,
            how=str(pick.choice(phrases()["said_how"])) if words else "",
        )

    def _between(self, case: _Case, children: list[APerson], start: date, last: date) -> None:
        pick = self.random
        day = start + timedelta(days=pick.randrange(3, 15))
        carer = self._carer(case.family)
        while day < last:
            kind = pick.choices(["call", "meeting", "note"], [0.6, 0.2, 0.2])[0]
            words = say(pick, kind, children[0], carer)
            self._event(kind, day, case.family, [APart(one.key) for one in children], words.split(". ")[0][:140],
                        words=words, worker=case.worker)  # fmt: skip
            day += timedelta(days=pick.randrange(9, 40))

    # -- opening, handing over, closing --------------------------------------------------------------------------

    def _open(self, case: _Case, children: list[APerson], referral: AnEvent) -> None:
        for one in children:
            self._episode(one, "in_need", referral.on, None, "", referral, None)
            self.authority.allocations.append(
                AnAllocation(one.key, case.worker.key, case.worker.team or 2, case.start, None)
            )

    def _close(self, case: _Case, children: list[APerson], referral: AnEvent, end: date, why: str) -> None:
        closed = None
        if end <= self.authority.as_of:
            closed = self._event("closure", end, case.family, [APart(one.key) for one in children], "Work with the family ended",
                                 worker=case.worker, decision="Close", reason=why)  # fmt: skip
        for one in children:
            self._episode(one, "in_need", referral.on, end, why, referral, closed)
            self._allocate(one, case.worker, case.start, end, "work ended")

    def _handovers(self, case: _Case, children: list[APerson], referral: AnEvent, start: date, end: date) -> None:
        pick, today = self.random, self.authority.as_of
        carer = self._carer(case.family)
        closed = None
        if end <= today:
            words = say(pick, "close", children[0], carer)
            closed = self._event("closure", end, case.family, [APart(one.key) for one in children], "Work with the family ended",
                                 worker=case.worker, decision="Close", reason=words)  # fmt: skip
        for one in children:
            self._episode(one, "in_need", referral.on, end, "no longer in need", referral, closed)
        first, worker = start, case.worker
        while (min(end, today) - first).days > 240 and pick.random() < 0.6:
            change = first + timedelta(days=pick.randrange(120, 230))
            for one in children:
                self._allocate(one, worker, first, change, "handed over")
            worker = self._next_worker(worker.team)
            words = say(pick, "handover", children[0], carer, f"{case.worker.first}")
            self._event("meeting", change, case.family, [APart(one.key) for one in children], "Change of worker",
                        words=words, worker=worker)  # fmt: skip
            first = change
        for one in children:
            self._allocate(one, worker, first, end, "work ended")

    def _allocate(self, child: APerson, worker: AWorker, start: date, end: date, why: str) -> None:
        open_ = end > self.authority.as_of
        self.authority.allocations.append(
            AnAllocation(child.key, worker.key, worker.team or 2, start, None if open_ else end, "" if open_ else why)
        )

    # -- small things ------------------------------------------------------------------------------------------

    def _event(
        self, kind: str, on: date, family: AFamily, parts: list[APart], summary: str, *, words: str = "",
        worker: AWorker | None = None, at: time | None = None, follows: int | None = None, decision: str = "",
        reason: str = "", more: dict[str, object] | None = None,
    ) -> AnEvent:  # fmt: skip
        event = AnEvent(
            key=len(self.authority.events), kind=kind, on=min(on, self.authority.as_of), family=family.key, summary=summary,
            parts=parts, words=words, at=at, worker=worker.key if worker else None, follows=follows, decision=decision,
            reason=reason, more=more or {},
        )  # fmt: skip
        self.authority.events.append(event)
        return event

    def _episode(
        self,
        child: APerson,
        kind: str,
        start: date,
        end: date | None,
        why: str,
        opened: AnEvent,
        closed: AnEvent | None,
    ) -> None:
        over = end is not None and end <= self.authority.as_of
        self.authority.episodes.append(
            AnEpisode(
                child.key,
                kind,
                start,
                end if over else None,
                why if over else "",
                opened.key,
                closed.key if closed else None,
            )
        )

    def _next_worker(self, team: int | None = None) -> AWorker:
        here = [one for one in self.social_workers if team is None or one.team == team]
        self.turn += 1
        return here[self.turn % len(here)]

    def _child(self, family: AFamily) -> APerson:
        return self.authority.people[self.random.choice(family.children)]

    def _carer(self, family: AFamily) -> APerson:
        return self.authority.people[next(tie.person for tie in family.ties if tie.main_carer)]

    def _children(self, family: AFamily, day: date) -> list[APerson]:
        people = [self.authority.people[key] for key in family.children]
        return [one for one in people if one.born is None or (day - one.born).days < 18 * 365.25] or people[:1]

    @staticmethod
    def _age(child: APerson, day: date) -> float:
        return (day - child.born).days / 365.25 if child.born else 0.0
