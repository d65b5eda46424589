# Registrations that come as a table.
intake-title = Import
intake-new = Bring a table of people
intake-hint = CSV (UTF-8, UTF-16 or GB18030) or XLSX, up to 250,000 rows. Nothing is changed before you have seen what becomes of every row.
intake-file = File
intake-file-hint = The first line holds the headings.
intake-upload = Upload
intake-template = Table to fill in
intake-template-csv = Empty table (CSV)
intake-template-xlsx = Empty table (XLSX)
intake-so-far = Imports so far
intake-state = State
intake-state-kept = Uploaded
intake-state-judging = Dry run
intake-state-judged = Checked
intake-state-running = Importing
intake-state-done = Done
intake-state-stopped = Stopped
intake-rows = Rows
intake-row = Row
intake-fresh = New people
intake-registered = Registered
intake-updated = Changed
intake-known = Registered already
intake-known-skip = Pass over
intake-known-update = Update the registration
intake-known-reject = Reject the row
intake-known-hint-skip = What is registered stays as it is.
intake-known-hint-update = What the table says replaces what is stored; empty cells change nothing.
intake-known-hint-reject = The row goes back with the others that cannot be taken.
intake-if-known = Who is registered already
intake-category = Category, where the table names none
intake-mail = Send everybody the mail with the badge
intake-new-guests = Bring a table of people to invite
intake-guests-hint = CSV (UTF-8, UTF-16 or GB18030) or XLSX, up to 20,000 rows: name, e-mail, company, category, language. Nobody is written to before you have seen what becomes of every row.
intake-invite-table = Invite from a table
intake-to-invite = To invite
intake-invited-before = Invited already
intake-if-invited = Who is invited already
intake-invited-hint-skip = Nobody is written to twice.
intake-invited-hint-reject = The row goes back with the others that cannot be taken.
intake-locale = Language of the letter, where the table names none
intake-invite = Invite everybody
intake-invite-rest = Invite all but the rejected rows
intake-invited = { $count ->
    [one] 1 person invited.
   *[other] { $count } people invited.
  }
intake-inviting-stopped = Stopped. { $count } people were invited before.
intake-over = Beyond the capacity
intake-review = Wait for approval
intake-over-wait = { $count ->
    [one] 1 person is beyond the capacity of the category and waits for a place.
   *[other] { $count } people are beyond the capacity of their category; those who cannot wait for a place are rejected.
  }
intake-over-reject = { $count ->
    [one] 1 row is beyond the capacity of the category and is rejected.
   *[other] { $count } rows are beyond the capacity of their category and are rejected.
  }
intake-review-words = { $count ->
    [one] 1 person needs approval and has no badge before.
   *[other] { $count } people need approval and have no badge before.
  }
intake-if-full = When a category is full
intake-full-wait = Waiting list
intake-full-reject = Reject the row
intake-full-hint-wait = They wait for a place, have no badge and move up when one is free.
intake-full-hint-reject = The row goes back with the others that cannot be taken.
intake-if-approval = Where the category needs approval
intake-approval-ask = They wait for it
intake-approval-give = Approve them with the import
intake-approval-hint-ask = Somebody approves each; there is no badge before.
intake-approval-hint-give = They have a badge at once.
intake-judge = Dry run
intake-take = Register everybody
intake-take-rest = Register all but the rejected rows
intake-nothing = Nobody in the table is new.
intake-all = { $count ->
    [one] 1 person can be taken over.
   *[other] All { $count } people can be taken over.
  }
intake-some = { $count } people can be taken over; { $rejected } rows cannot. Download them, correct them and bring them once more.
intake-done = { $count ->
    [one] 1 person registered.
   *[other] { $count } people registered.
  }
intake-stopped = Stopped. { $count } people were registered before.
intake-stop = Stop
intake-stopping = The import ends after the rows at hand.
intake-show = Show the result
intake-first = The first { $count } are shown; the file has all.
intake-field-reference = Number in another system
intake-field-full-name = Whole name
intake-field-family-name = Family name
intake-field-given-name = Given name
intake-field-other-name = Name in the other script
intake-field-email = E-mail
intake-field-phone = Phone
intake-field-company = Company
intake-field-job-title = Job title
intake-field-country = Country or region
intake-field-locale = Language
intake-field-category = Category
intake-field-organizer-news = Agreed to news
intake-field-exhibitor-contact = Agreed to contact by exhibitors
intake-table = Many at once
intake-small-hint = CSV or XLSX with one person a row, at most 500. Either everybody is registered or nobody.
intake-small-refused = Nobody was registered: some rows cannot be taken.
intake-small-done = { $count ->
    [one] 1 person registered; the badge is on its way.
   *[other] { $count } people registered; the badges are on their way.
  }

refusal-intake-busy = Work on this import is under way.
refusal-intake-over = This import is over.
refusal-intake-columns = No column gives a name: say which one does.
refusal-intake-no-address = No column gives the e-mail address: say which one does.
refusal-already-invited = Has an open invitation already.
refusal-invite-category = An exhibitor’s campaign invites people of one category only.
refusal-intake-not-judged = Look at the rows first.
refusal-row-twice = Stands in the table more than once.

subject-intake = Imports
fact-intake-kept = Table { $name } uploaded, { $rows } rows
fact-intake-judged-from = Dry run of { $name } asked for
fact-intake-judged = Dry run: { $new } new, { $updated } changed, { $known } known, { $rejected } rejected
fact-intake-judging-stopped = Dry run stopped
fact-intake-started = Import of { $name } begun
fact-intake-stop-asked = Stop asked for
fact-intake-stopped = Import stopped: { $new } registered
fact-intake-completed = Import done: { $new } registered, { $updated } changed, { $known } known, { $rejected } rejected
fact-delegation-table-taken = { $count } people from a table
