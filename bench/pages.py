"""The pages that people wait for, at 100,000 people and 2,000,000 entries.

    python bench/pages.py [--people 100000] [--entries 2000000] [--times 200]

Server time of whole requests through every middleware, in this process: the child's page, home, search, saving a visit;
with the number of queries, beside the floor: an empty page on the same stack. Exits 1 when a budget is missed.
"""

# ruff: noqa: E402  (Django is set up before its models are imported)
import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection, reset_queries
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from bench import authority
from throughline.core.access.models import Allocation, User
from throughline.record.families.models import Membership
from throughline.record.people.models import Name


def empty(request: HttpRequest) -> HttpResponse:
    """Answer with nothing: what every page costs before it does anything."""
    return HttpResponse("empty")


urlpatterns = [path("", include("throughline.config.urls")), path("empty/", empty)]
BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User) -> Client:
    """Return a client with the user's session."""
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend=BACKEND)
    return client


def measure(
    name: str, times: int, act: Callable[[int], HttpResponse], budget: float | None, queries: int | None
) -> bool:
    """Run ``act`` so often and print median, 95th percentile and the most queries; return whether the budget held."""
    took, asked = [], []
    # Counted apart: keeping every statement would be a good part of the time.
    connection.force_debug_cursor = True
    for number in range(min(times, 20)):
        reset_queries()
        act(number)
        asked.append(len(connection.queries))
    connection.force_debug_cursor = False
    for number in range(times):
        began = time.perf_counter()
        answer = act(number)
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code in (200, 302), (name, answer.status_code)
    took.sort()
    median, p95 = statistics.median(took), took[int(len(took) * 0.95) - 1]
    held = (budget is None or p95 <= budget) and (queries is None or max(asked) <= queries)
    limits = f"(budget {budget:.0f} ms{f', {queries} queries' if queries else ''})" if budget else "(the floor)"
    print(
        f"{name:<34} median {median:6.1f} ms   95th {p95:6.1f} ms   queries {max(asked):>2}   {limits}"
        f"{'' if held else '   MISSED'}",
        flush=True,
    )
    return held


def _saved(act: Callable[[int], HttpResponse]) -> Callable[[int], HttpResponse]:
    """Make sure that what is measured is a visit saved, and not a form that came back."""

    def checked(number: int) -> HttpResponse:
        answer = act(number)
        assert answer.status_code == 302, (answer.status_code, answer.context and answer.context["form"].errors)
        return answer

    return checked


def _siblings(child: int) -> list[int]:
    families = Membership.objects.filter(person=child).values("family")
    # Adults of the made-up families are of any age: whoever is a child is asked about.
    others = Membership.objects.filter(family__in=families).exclude(person=child)
    return list(others.values_list("person", flat=True))


def main() -> int:
    """Make or find the big authority, measure, and return 1 when a budget was missed."""
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=100_000)
    options.add_argument("--entries", type=int, default=2_000_000)
    options.add_argument("--times", type=int, default=200)
    asked = options.parse_args()
    authority.ready(asked.people, asked.entries)
    print(authority.size())
    settings.ROOT_URLCONF = "bench.pages"
    rng = random.Random(3)
    pairs = list(
        Allocation.objects.filter(ended_on__isnull=True, worker__isnull=False).values_list("worker_id", "person_id")
    )
    chosen = rng.sample(pairs, min(asked.times, len(pairs)))
    users = User.objects.in_bulk({worker for worker, _ in chosen})
    clients = {pk: signed_in(user) for pk, user in users.items()}
    some_names = list(Name.objects.order_by("pk").values_list("given", "family")[: asked.times * 37 : 37])
    today = timezone.localdate()
    siblings = {child: _siblings(child) for _, child in chosen}

    def of(number: int) -> tuple[Client, int]:
        worker, child = chosen[number % len(chosen)]
        return clients[worker], child

    def visit(number: int) -> HttpResponse:
        client, child = of(number)
        return client.post(
            f"/child/{child}/visit/",
            {
                "happened_on_0": today.day, "happened_on_1": today.month, "happened_on_2": today.year,
                "where": "home", "words": "All well.", f"seen-{child}": "alone",
                **{f"seen-{sibling}": "seen" for sibling in siblings[child]},
            },
        )  # fmt: skip

    held = [
        measure("An empty page", asked.times, lambda n: of(n)[0].get("/empty/"), None, None),
        measure("The child's page", asked.times, lambda n: of(n)[0].get(f"/child/{of(n)[1]}/"), 150, 15),
        measure("Home", asked.times, lambda n: of(n)[0].get("/"), 150, 10),
        measure(
            "Search (the page)", asked.times,
            lambda n: of(n)[0].post("/find/", {"text": " ".join(some_names[n % len(some_names)])}, follow=True), 100, None,
        ),
        measure("Saving a visit", asked.times, _saved(visit), 100, None),
    ]  # fmt: skip
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
