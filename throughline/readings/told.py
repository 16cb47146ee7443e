"""What bringing in and sending out returns reads as in the account."""

from throughline.core.audit import sentences

sentences.register(
    "readings.import_started", "began to bring in the Children in Need return {file} ({children} children)"
)
sentences.register(
    "readings.import_finished",
    "brought in the Children in Need return {file}: {added} new children, {changed} changed, {unchanged} as before, "
    "{aside} set aside",
)
sentences.register("readings.import_refused", "tried to bring in the file {file}, which could not be read")
sentences.register("readings.child_imported", "brought this child's part of the census of {year} into the record")
sentences.register(
    "readings.child_import_changed", "changed this child's record to what a newer census return of {year} says"
)
sentences.register("readings.exported", "exported the census of {year}, {children} children")
