"""Families of the made-up authority: who belongs, who is whose, where they live."""

from datetime import date, timedelta
from random import Random

from faker import Faker

from throughline.synthetic.numbers import nhs_number, upn
from throughline.synthetic.plan import AFamily, APerson, ATie

# Ethnicity (census code), share, the name tradition to draw from, languages, religions. Shares are chosen.
BACKGROUNDS = [
    ("WBRI", 0.66, "en_GB", ["English"], ["", "", "Christian"]),
    ("WOTH", 0.07, "pl_PL", ["Polish", "English"], ["", "Roman Catholic"]),
    ("WIRI", 0.01, "en_IE", ["English"], ["", "Roman Catholic"]),
    ("MWBC", 0.04, "en_GB", ["English"], ["", "Christian"]),
    ("MOTH", 0.03, "en_GB", ["English"], [""]),
    ("AIND", 0.03, "en_IN", ["English", "Gujarati"], ["Hindu", "Sikh"]),
    ("APKN", 0.05, "en_PK", ["Urdu", "English"], ["Muslim"]),
    ("AOTH", 0.02, "en_IN", ["English"], ["", "Muslim"]),
    ("BAFR", 0.05, "en_NG", ["English", "Yoruba"], ["Christian", "Muslim"]),
    ("BCRB", 0.03, "en_GB", ["English"], ["Christian", ""]),
    ("WROM", 0.01, "ro_RO", ["Romanian"], [""]),
]
DISABILITIES = ["LD", "AUT", "BEH", "COMM", "MOB", "HEAR", "VIS"]
STREETS = ["Mill Lane", "Station Road", "Larch Close", "Harbour View", "Church Walk", "Canal Street", "Orchard Way",
           "Fairfield Road", "Nelson Terrace", "Bridge Street", "Poplar Avenue", "The Crescent"]  # fmt: skip
SCHOOLS = ["St Anne's Primary", "Northgate Primary", "Aldermere Academy", "Riverside School", "Hill Top Primary"]


class Names:
    """Names from a library, the same for the same seed."""

    def __init__(self, random: Random) -> None:
        self._fakers: dict[str, Faker] = {}
        for _code, _share, locale, *_rest in BACKGROUNDS:
            if locale not in self._fakers:
                faker = Faker(locale if locale in _available() else "en_GB")
                faker.seed_instance(random.getrandbits(32))
                self._fakers[locale] = faker

    def given(self, locale: str, sex: str) -> str:
        """Return a given name."""
        faker = self._fakers[locale]
        return str(faker.first_name_female() if sex == "F" else faker.first_name_male())

    def family(self, locale: str) -> str:
        """Return a family name."""
        return str(self._fakers[locale].last_name())


def _available() -> set[str]:
    from faker.config import AVAILABLE_LOCALES

    return set(AVAILABLE_LOCALES)


class FamilyMaker:
    """Makes one family after another; people are appended to ``people`` and known by their place in it."""

    def __init__(self, random: Random, as_of: date, people: list[APerson]) -> None:
        self.random, self.as_of, self.people = random, as_of, people
        self.names = Names(random)

    def make(self, key: int, first_known: date) -> AFamily:
        """Return a family first known on a day: children, parents, others who matter, homes."""
        pick = self.random
        background = pick.choices(BACKGROUNDS, [one[1] for one in BACKGROUNDS])[0]
        surname = self.names.family(background[2])
        count = pick.choices([1, 2, 3, 4, 5], [0.38, 0.34, 0.17, 0.08, 0.03])[0]
        mother = self._adult(background, surname, "F", first_known, 34)
        children = [self._child(background, surname, first_known, mother) for _ in range(count)]
        ties = [ATie(mother, child, "mother", True, True, "birth mother") for child in children]
        members = [*children, mother]
        father = self._adult(background, self.names.family(background[2]), "M", first_known, 36)
        if pick.random() < 0.75:
            members.append(father)
            has_responsibility = pick.random() < 0.7
            basis = "registered at birth" if has_responsibility else ""
            ties += [ATie(father, child, "father", has_responsibility, False, basis) for child in children]
            ties.append(ATie(father, mother, "partner" if pick.random() < 0.45 else "former_partner"))
        if pick.random() < 0.4:
            grandmother = self._adult(background, self.names.family(background[2]), "F", first_known, 61)
            members.append(grandmother)
            ties += [ATie(grandmother, child, "grandparent") for child in children]
        if pick.random() < 0.15:
            partner = self._adult(background, self.names.family(background[2]), "M", first_known, 32)
            members.append(partner)
            ties.append(ATie(partner, mother, "partner"))
        for index, child in enumerate(children):
            ties += [ATie(child, other, "sibling") for other in children[index + 1 :]]
        at_home = [one for one in members if one in children or one == mother]
        homes = [(*self._address(), at_home)]
        if father in members:
            homes.append((*self._address(), [father]))
        return AFamily(key, f"{surname} family", children, members, ties, homes, self._professionals(), first_known)

    def _child(
        self, background: tuple[str, float, str, list[str], list[str]], surname: str, known: date, mother: int
    ) -> int:
        pick = self.random
        sex = pick.choice("MF")
        age = pick.triangular(-0.4, 16.5, 4)
        expected = born = None
        if age < 0 and known > self.as_of - timedelta(days=150):
            expected = known + timedelta(days=int(-age * 365))
        else:
            born = known - timedelta(days=int(max(age, 0.02) * 365.25))
            latest_birth = date(self.people[mother].born.year + 15, 1, 1)  # type: ignore[union-attr]
            born = max(born, latest_birth)
        disabled = pick.random() < 0.12
        person = APerson(
            key=len(self.people),
            given=self.names.given(background[2], sex) if born else "Baby",
            family=surname,
            sex=sex if born else "U",
            born=born,
            expected=expected,
            ethnicity=background[0] if pick.random() > 0.03 else "NOBT",
            languages=background[3][:],
            religion=pick.choice(background[4]),
            disability=pick.choice(DISABILITIES) if disabled else ("NONE" if pick.random() < 0.8 else ""),
            nhs=nhs_number(pick, len(self.people)) if born and pick.random() < 0.85 else "",
            upn=upn(pick, len(self.people)) if born and (self.as_of - born).days > 4.5 * 365 else "",
            communication="Uses pictures and short sentences." if disabled and pick.random() < 0.4 else "",
        )
        self.people.append(person)
        return person.key

    def _adult(
        self, background: tuple[str, float, str, list[str], list[str]], surname: str, sex: str, known: date, age: int
    ) -> int:
        pick = self.random
        years = max(19.0, pick.gauss(age, 5))
        person = APerson(
            key=len(self.people),
            given=self.names.given(background[2], sex),
            family=surname,
            sex=sex,
            born=known - timedelta(days=int(years * 365.25)),
            ethnicity=background[0],
            languages=background[3][:],
            interpreter=background[3][0] != "English" and pick.random() < 0.3,
            religion=pick.choice(background[4]),
            phone=f"01632 960{pick.randrange(1000):03d}",
        )
        self.people.append(person)
        return person.key

    def _address(self) -> tuple[str, str]:
        pick = self.random
        # ZZ is no postcode area: nobody lives there.
        postcode = (
            f"ZZ{pick.randrange(1, 20)} {pick.randrange(1, 10)}{pick.choice('ABDEFGHJLN')}{pick.choice('PQRSTUWXYZ')}"
        )
        return f"{pick.randrange(1, 180)} {pick.choice(STREETS)}, Aldermere", postcode

    def _professionals(self) -> list[tuple[str, str, str]]:
        pick = self.random
        school = pick.choice(SCHOOLS)
        around = [(f"{self.names.given('en_GB', 'F')} {self.names.family('en_GB')}", "Teacher", school)]
        if pick.random() < 0.6:
            around.append(
                (
                    f"{self.names.given('en_GB', 'F')} {self.names.family('en_GB')}",
                    "Health visitor",
                    "Aldermere Community Health",
                )
            )
        if pick.random() < 0.3:
            around.append((f"Dr {self.names.family('en_GB')}", "General practitioner", "Harbour Surgery"))
        return around
