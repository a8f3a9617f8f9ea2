"""The local database. Writes are records (one thread, one transaction, journaled); reads are plain SQL into values."""
