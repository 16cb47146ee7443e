"""What acts on documents read as in the account. No titles: they may hold a name."""

from throughline.core.audit import sentences

sentences.register("documents.kept", "added a document ({kind})")
sentences.register("documents.version_added", "added version {number} of a document ({kind})")
sentences.register("documents.described", "changed how a document is described")
