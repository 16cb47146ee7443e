"""The trigger library lets any session switch its triggers off (pgtrigger.ignore). These cannot be asked to look away.

They stand beside those of core.audit.protect, which the models declare and ``check`` compares.
"""

from django.db import migrations

TABLES = ("audit_event", "audit_seal", "audit_sealed")

REFUSE = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the account is append-only: % of % is refused', TG_OP, TG_TABLE_NAME;
END $$;
"""
TRIGGER = """
CREATE TRIGGER {0}_stands BEFORE UPDATE OR DELETE OR TRUNCATE ON {0}
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION audit_refuse()"),
        *(
            migrations.RunSQL(TRIGGER.format(table), f"DROP TRIGGER {table}_stands ON {table}")
            for table in TABLES
        ),
    ]
