"""The account: what cannot be done to it, how it is sealed, and what tampering looks like."""

import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, connections, transaction

from throughline.core.access.models import User
from throughline.core.audit import account, sealing, sentences
from throughline.core.audit.models import Event, Seal, Sealed

TABLES = ("audit_event", "audit_seal", "audit_sealed")


def add(count: int = 1) -> None:
    """Write some events of the system itself."""
    for number in range(count):
        account.record("access.log_read", by=None, person_id=number + 1)


def run(sql: str) -> None:
    """Run raw SQL, as someone with a console would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def tamper(db: None) -> Iterator[None]:
    """Someone who owns the database switches the triggers off. Nothing prevents that; the seals show it."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "sql",
    ["UPDATE {0} SET at = now()", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"],
    ids=["update", "delete", "truncate"],
)
def test_the_account_refuses_to_be_changed_by_raw_sql(db: None, table: str, sql: str) -> None:
    add(2)
    sealing.seal()
    statement = sql.format(table).replace(
        "SET at = now()", "SET seal_id = 1" if table == "audit_sealed" else "SET at = now()"
    )
    with pytest.raises(DatabaseError):
        run(statement)
    assert (Event.objects.count(), Seal.objects.count(), Sealed.objects.count()) == (2, 1, 2)


@pytest.mark.parametrize("table", TABLES)
def test_asking_the_triggers_to_look_away_does_not_help(db: None, table: str) -> None:
    """The trigger library can be told, by any session, to ignore its triggers. These are not among them."""
    add()
    sealing.seal()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [table])
        names = ",".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{names}}}"])
    with pytest.raises(DatabaseError):
        run(f"DELETE FROM {table}")


def test_the_account_refuses_the_orm_as_well(db: None) -> None:
    add()
    event = Event.objects.get()
    event.verb = "access.signed_in"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()


def test_an_act_that_fails_leaves_no_event(db: None) -> None:
    class Failed(Exception):
        pass

    def act() -> None:
        with transaction.atomic():
            add()
            raise Failed

    with pytest.raises(Failed):
        act()
    assert not Event.objects.exists()


def test_a_verb_without_a_sentence_is_not_written(db: None) -> None:
    with pytest.raises(LookupError):
        account.record("nobody.said", by=None)
    assert not Event.objects.exists()


def test_a_worker_without_a_name_is_told_of_by_their_sign_in_name(db: None) -> None:
    account.record("access.signed_in", by=User.objects.create(username="night.duty"))
    assert sentences.tell(Event.objects.get()) == "night.duty signed in."


def test_a_reason_that_ends_with_a_full_stop_does_not_end_with_two(db: None) -> None:
    event = account.record("access.restricted", by=None, reason="A relative works here.")
    assert sentences.tell(event) == "Throughline restricted the record, because: A relative works here."


def test_words_with_braces_are_told_as_they_are(db: None) -> None:
    event = account.record("access.restricted", by=None, reason="{person} said {0}")
    assert sentences.tell(event) == "Throughline restricted the record, because: {person} said {0}."


def test_sealing_binds_each_batch_to_the_one_before(db: None) -> None:
    add(5)
    assert sealing.seal(batch=2) == 5
    assert list(Seal.objects.order_by("pk").values_list("events", flat=True)) == [2, 2, 1]
    found = sealing.verify()
    assert (found.seals, found.events, found.unsealed, found.faults) == (3, 5, 0, [])
    assert sealing.seal() == 0


def test_an_empty_account_holds(db: None) -> None:
    assert sealing.seal() == 0
    assert sealing.verify().faults == []


def test_events_since_the_last_seal_are_counted(db: None) -> None:
    add(2)
    sealing.seal()
    add(3)
    assert sealing.verify().unsealed == 3


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'access.signed_in'",
        "actor_label = 'Someone Else'",
        "actor_id = 7",
        "person_id = 99",
        "at = at - interval '1 second'",
        "subject = 'people.person:1'",
        'data = \'{"page": "another"}\'',
    ],
)
def test_verify_notices_any_change_to_a_sealed_event(tamper: None, change: str) -> None:
    add(3)
    sealing.seal()
    middle = Event.objects.order_by("pk")[1].pk
    run(f"UPDATE audit_event SET {change} WHERE id = {middle}")
    [fault] = sealing.verify().faults
    assert "was changed" in fault


def test_verify_notices_a_deleted_event_by_its_number(tamper: None) -> None:
    add(3)
    sealing.seal()
    gone = Event.objects.order_by("pk")[1].pk
    run(f"DELETE FROM audit_event WHERE id = {gone}")
    [fault] = sealing.verify().faults
    assert f"the first is {gone}" in fault


def test_verify_notices_an_event_deleted_with_its_place_in_the_seal(tamper: None) -> None:
    add(3)
    sealing.seal()
    gone = Event.objects.order_by("pk")[1].pk
    run(f"DELETE FROM audit_sealed WHERE event_id = {gone}")
    run(f"DELETE FROM audit_event WHERE id = {gone}")
    assert len(sealing.verify().faults) == 1


def test_verify_notices_a_seal_whose_members_are_all_gone(tamper: None) -> None:
    add(2)
    sealing.seal()
    run("DELETE FROM audit_sealed")
    run("DELETE FROM audit_event")
    [fault] = sealing.verify().faults
    assert "none of its 2 events" in fault


def test_verify_notices_a_seal_taken_out_of_the_middle(tamper: None) -> None:
    add(3)
    sealing.seal(batch=1)
    middle = Seal.objects.order_by("pk")[1].pk
    run(f"DELETE FROM audit_sealed WHERE seal_id = {middle}")
    run(f"DELETE FROM audit_seal WHERE id = {middle}")
    assert any("does not follow" in fault for fault in sealing.verify().faults)


def test_verify_notices_an_event_slipped_into_a_seal(tamper: None) -> None:
    add(2)
    sealing.seal()
    add(1)
    newest, seal = Event.objects.latest("pk").pk, Seal.objects.get().pk
    run(f"INSERT INTO audit_sealed (event_id, seal_id) VALUES ({newest}, {seal})")
    assert len(sealing.verify().faults) == 1


def test_the_newest_seals_removed_are_noticed_by_the_digest_kept_outside(tamper: None) -> None:
    add(2)
    sealing.seal(batch=1)
    kept = sealing.head()
    newest = Seal.objects.latest("pk").pk
    run(f"DELETE FROM audit_sealed WHERE seal_id = {newest}")
    run(f"DELETE FROM audit_seal WHERE id = {newest}")
    assert sealing.verify().faults == []
    [fault] = sealing.verify(expected_head=kept).faults
    assert "is not in the chain" in fault


def test_an_older_digest_kept_outside_still_holds_when_the_chain_has_grown(db: None) -> None:
    add()
    sealing.seal()
    kept = sealing.head()
    add()
    sealing.seal()
    assert sealing.verify(expected_head=kept).faults == []


def in_another_connection(work: object) -> None:
    """Run ``work`` in a thread, with a connection of its own that is closed afterwards."""

    def wrapped() -> None:
        try:
            work()  # type: ignore[operator]
        finally:
            connections.close_all()

    thread = threading.Thread(target=wrapped)
    thread.start()
    thread.join(timeout=30)
    assert not thread.is_alive(), "it waited for something that never came"


@pytest.mark.django_db(transaction=True)
def test_writers_never_wait_for_the_sealer_nor_for_one_another() -> None:
    with transaction.atomic():
        add(2)
        sealing.seal()
        in_another_connection(lambda: add(3))
        assert Event.objects.count() == 5
    assert sealing.verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_a_second_sealer_leaves_the_work_to_the_first() -> None:
    add(4)
    sealed: list[int] = []
    with transaction.atomic():
        assert sealing.seal() == 4
        in_another_connection(lambda: sealed.append(sealing.seal()))
    assert sealed == [0]
    assert Seal.objects.count() == 1
    assert sealing.verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_an_event_of_an_act_that_was_still_open_is_taken_by_a_later_seal() -> None:
    with transaction.atomic():
        add(1)
        in_another_connection(lambda: (add(2), sealing.seal()))
    assert sealing.verify().unsealed == 1
    assert sealing.seal() == 1
    found = sealing.verify()
    assert (found.seals, found.events, found.unsealed, found.faults) == (2, 3, 0, [])


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain() -> None:
    add(40)
    start = threading.Barrier(2)
    done: list[int] = []

    def work() -> None:
        start.wait()
        try:
            done.extend(sealing.seal(batch=7) for _ in range(5))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sum(done) == 40
    found = sealing.verify()
    assert (found.events, found.unsealed, found.faults) == (40, 0, [])
