"""A big authority for the benches: 100,000 people and 2,000,000 entries with their history, laid down by SQL.

Its shape: 25,000 families of two children and two adults; 8,000 children open to 500 workers in 60 teams; entries
fall on families unevenly, so that some children have hundreds. Kept in a database of its own and used again.
"""

import time
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench import search

DATABASE = "bench_authority"
OPEN_CHILDREN, WORKERS, TEAMS, YEARS = 8_000, 500, 60, 6
TRACKED = [
    "access_allocation", "people_person", "people_name", "families_family", "families_membership",
    "families_relationship", "journey_entry", "journey_entrysubject", "journey_episode", "clocks_timeframe",
    "visits_visit", "plans_plan", "plans_planaction",
]  # fmt: skip


def ready(people: int, entries: int) -> None:
    """Move to the bench's database, made and filled first if it is not there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        there = cursor.fetchone()
        if not there:
            cursor.execute(f"CREATE DATABASE {DATABASE} ENCODING 'UTF8' TEMPLATE template0")
    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journey_entry")
        if cursor.fetchone()[0] >= entries:
            return
    search.fill(people, 7)
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for what, statement in _statements(people, entries):
            cursor.execute(statement)
            print(f"  {what} ({time.perf_counter() - began:.0f} s)", flush=True)
        for table in TRACKED:
            _history(cursor, table)
        print(f"  history ({time.perf_counter() - began:.0f} s)", flush=True)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def size() -> str:
    """Return what the database holds, in words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM people_person), (SELECT count(*) FROM journey_entry),"
            " (SELECT count(*) FROM journey_entrysubject), pg_size_pretty(pg_database_size(current_database())), version()"
        )
        people, entries, parts, on_disk, version = cursor.fetchone()
    return f"{people:,} people, {entries:,} entries with {parts:,} parts, {on_disk}, {version.split(' on ')[0]}"


def _history(cursor: Any, table: str) -> None:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position", [table]
    )
    columns = [f'"{row[0]}"' for row in cursor.fetchall()]
    key = '"id"' if '"id"' in columns else '"entry_id"'
    at = '"recorded_at"' if table == "journey_entry" else "now() - interval '30 days'"
    cursor.execute(
        f"INSERT INTO {table}event ({', '.join(columns)}, pgh_created_at, pgh_label, pgh_obj_id)"
        f" SELECT {', '.join(columns)}, {at}, 'insert', {key} FROM {table}"
    )


def _statements(people: int, entries: int) -> list[tuple[str, str]]:
    families = people // 4
    days = 365 * YEARS
    return [
        ("order", "CREATE TEMP TABLE ranked AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS r FROM people_person"),
        ("index", "CREATE INDEX ON ranked (r)"),
        ("services", "INSERT INTO access_service (name) VALUES ('Help and protection')"),
        ("teams", f"INSERT INTO access_team (name, service_id) SELECT 'Team ' || g, (SELECT min(id) FROM access_service) FROM generate_series(1, {TEAMS}) g"),
        ("users", f"""INSERT INTO access_user (password, is_superuser, username, first_name, last_name, email, is_staff,
            is_active, date_joined, job_title, telephone)
            SELECT '!', false, 'worker' || g, 'Worker', 'No ' || g, 'worker' || g || '@example.org', false, true, now(), '', ''
            FROM generate_series(1, {WORKERS}) g"""),
        ("grants", f"""INSERT INTO access_grant (user_id, role, team_id, service_id, started_on)
            SELECT u.id, 'social_worker', t.id, t.service_id, current_date - {days}
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM access_user) u
            JOIN (SELECT id, service_id, row_number() OVER (ORDER BY id) AS n FROM access_team) t
            ON t.n = 1 + u.n % {TEAMS}"""),
        ("families", f"INSERT INTO families_family (id, label, made_on, version) SELECT g, 'Family ' || g, current_date - {days}, 1 FROM generate_series(1, {families}) g"),
        ("memberships", f"""INSERT INTO families_membership (family_id, person_id, subject_child, started_on, why_ended)
            SELECT 1 + r / 4, id, r % 4 < 2, current_date - {days}, '' FROM ranked WHERE r / 4 < {families}"""),
        ("relationships", """INSERT INTO families_relationship (person_id, other_id, type, parental_responsibility,
            responsibility_basis, main_carer, note)
            SELECT a.id, c.id, CASE a.r % 4 WHEN 2 THEN 'mother' ELSE 'father' END, true, '', a.r % 4 = 2, ''
            FROM ranked a JOIN ranked c ON c.r / 4 = a.r / 4 AND c.r % 4 < 2 WHERE a.r % 4 >= 2"""),
        ("allocations", f"""INSERT INTO access_allocation (person_id, worker_id, team_id, kind, started_on, reason_ended)
            SELECT c.id, u.id, g.team_id, 'key_worker', current_date - 200, ''
            FROM (SELECT id, row_number() OVER (ORDER BY r) AS n FROM ranked WHERE r % 4 < 2 LIMIT {OPEN_CHILDREN}) c
            JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM access_user) u ON u.n = 1 + (c.n / 2) % {WORKERS}
            JOIN access_grant g ON g.user_id = u.id"""),
        ("entries", f"""INSERT INTO journey_entry (id, kind, happened_on, recorded_at, author_id, author_name, recorder_id,
            family_id, summary, words, sensitivity, decision, reason, version)
            SELECT g, (ARRAY['visit','call','note','meeting','visit','progress','decision','direct_work','visit','call'])[1 + g % 10],
            current_date - 1 - (random() * {days})::int, now() - random() * interval '{days} days', u.id, '', u.id,
            1 + floor({families} * power(random(), 1.5))::int, 'What happened on the day, in a line of some length',
            repeat('An account of about as many words as people write after an ordinary call or visit. ', 4),
            'ordinary', '', '', 1
            FROM generate_series(1, {entries}) g
            JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM access_user) u ON u.n = 1 + g % {WORKERS}"""),
        ("parts of first children", """INSERT INTO journey_entrysubject (entry_id, person_id, part, seen, seen_alone, why_not_seen, said, said_how)
            SELECT e.id, c.id, '', CASE WHEN e.kind = 'visit' THEN random() < 0.9 END, NULL, '',
            CASE WHEN e.id % 9 = 0 THEN 'I like it when you come.' ELSE '' END, ''
            FROM journey_entry e JOIN ranked c ON c.r = (e.family_id - 1) * 4"""),
        ("parts of second children", """INSERT INTO journey_entrysubject (entry_id, person_id, part, seen, seen_alone, why_not_seen, said, said_how)
            SELECT e.id, c.id, '', CASE WHEN e.kind = 'visit' THEN random() < 0.9 END, NULL, '', '', ''
            FROM journey_entry e JOIN ranked c ON c.r = (e.family_id - 1) * 4 + 1 WHERE e.id % 3 = 0"""),
        ("visits", """INSERT INTO visits_visit (entry_id, "where", where_words, purpose, what_changed)
            SELECT id, 'home', '', '', '' FROM journey_entry WHERE kind = 'visit'"""),
        ("episodes", """INSERT INTO journey_episode (person_id, kind, started_on, why_ended, disputed)
            SELECT person_id, 'in_need', current_date - 200, '', false FROM access_allocation"""),
        ("time frames", """INSERT INTO clocks_timeframe (person_id, rule, label, basis, unit, counted_from, citation, started_on,
            due_on, agreed_with, reason, explanation, version)
            SELECT person_id, '', 'Review of the plan', 'agreed', '', '', '', current_date - 60, current_date + 20,
            'the family', 'Often enough', '', 1 FROM access_allocation"""),
        ("plans", """INSERT INTO plans_plan (entry_id, person_id, kind, started_on, needs_to_change, safe_enough, strengths,
            family_does, family_ideas, goals, copied, how_safe, version)
            SELECT DISTINCT ON (a.person_id) s.entry_id, a.person_id, 'in_need', current_date - 150, 'Quiet evenings.', 'A term of them.',
            'Grandmother.', 'A chart.', 'A code word.', 'A summer together.', '{}', '', 1
            FROM access_allocation a JOIN journey_entrysubject s ON s.person_id = a.person_id
            ORDER BY a.person_id, (s.entry_id % 3 = 0), s.entry_id"""),
        ("plan actions", """INSERT INTO plans_planaction (plan_id, what, who, by_when, how_it_went, at_version)
            SELECT entry_id, 'Ring the school', 'The worker', current_date + g, '', 1 FROM plans_plan, generate_series(1, 3) g"""),
        ("sequences", """SELECT setval(pg_get_serial_sequence('journey_entry', 'id'), (SELECT max(id) FROM journey_entry)),
            setval(pg_get_serial_sequence('families_family', 'id'), (SELECT max(id) FROM families_family))"""),
    ]  # fmt: skip
