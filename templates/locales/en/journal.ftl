# Words of journal.
journal-title = Journal
journal-empty = Nothing has happened yet
journal-empty-hint = Every change of this edition will stand here: who, when, what.
