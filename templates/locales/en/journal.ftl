# Words of journal.
journal-title = Journal
journal-empty = Nothing has happened yet
journal-empty-hint = Every change of this edition will stand here: who, when, what.
journal-not-found = Nothing like this has happened.
journal-search = Who
journal-when = When
journal-who = Who
journal-about = About
journal-what = What
journal-said = Said
journal-from = From
journal-until = Until
