# Words of journal.
