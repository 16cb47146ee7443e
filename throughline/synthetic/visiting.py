"""Visits, and what lies between them."""

from datetime import date, time, timedelta

from throughline.core.clocks import working_days
from throughline.synthetic.happenings import Case, Happenings
from throughline.synthetic.plan import APart, APerson
from throughline.synthetic.rates import rate
from throughline.synthetic.words import said, said_how, say


class Visiting(Happenings):
    """Sees the children, and keeps in touch."""

    def _visits(self, case: Case, children: list[APerson], start: date, last: date, every: int) -> None:
        pick = self.random
        day = start + timedelta(days=pick.randrange(1, 6))
        carer = self._carer(case.family)
        while day <= last and day <= self.authority.as_of:
            day = working_days.add(day, 0)
            if day > self.authority.as_of:
                return
            parts = [self._seen(one, carer, day) for one in children]
            purpose = say(pick, "visit_purpose", children[0], carer)
            self._event(
                "visit",
                day,
                case.family,
                parts,
                f"Visit at home: {purpose[0].lower()}{purpose[1:]}",
                worker=case.worker,
                words=say(pick, "visit", children[0], carer),
                at=time(pick.randrange(9, 18), pick.choice([0, 15, 30, 45])),
                more={
                    "purpose": purpose,
                    "changed": say(pick, "what_changed", children[0], carer),
                },
            )
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
            how=said_how(pick, self._age(child, day)) if words else "",
        )

    def _between(self, case: Case, children: list[APerson], start: date, last: date) -> None:
        pick = self.random
        day = start + timedelta(days=pick.randrange(3, 15))
        carer = self._carer(case.family)
        while day < last:
            kind = pick.choices(["call", "meeting", "note"], [0.6, 0.2, 0.2])[0]
            words = say(pick, kind, children[0], carer)
            self._event(
                kind,
                day,
                case.family,
                [APart(one.key) for one in children],
                words.split(". ")[0][:140],
                words=words,
                worker=case.worker,
            )
            day += timedelta(days=pick.randrange(9, 40))
