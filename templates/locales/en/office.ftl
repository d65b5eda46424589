# Words of office.
search-nothing = Nothing found
search-nothing-hint = Try a name, a company, a stand number, a task code or a badge number.
search-places = Go to

subject-edition = Editions
subject-series = Series
subject-user = Users
subject-token = Tokens
subject-task = Tasks
subject-plan = Plan
subject-deviation = Deviations
subject-place = Places
subject-stand = Stands
subject-application = Applications
subject-party = Companies and people
subject-exhibitor = Exhibitors
subject-contact = Contacts
subject-duty = Exhibitor tasks
subject-registration = Registrations
subject-credential = Badges
subject-device = Devices
subject-gate = Gates
subject-access-rule = Access rules
subject-document = Documents
subject-scan = Scans
subject-mail = Mails
subject-venue = Venues

today-title = Today
today-before = { $days ->
    [one] One day to opening
   *[other] { $days } days to opening
}
today-open = Open day { $day } of { $days }
today-after = { $days ->
    [one] Closed yesterday
   *[other] Closed { $days } days ago
}
today-applications = Applications to decide
today-applications-hint = waiting for an answer
today-visitors = Visitors in today
today-entries-hint = { $entries } entries, { $denied } turned away
today-entries-by-hour = Entries by hour
today-registrations = Registrations
today-registrations-hint = { $count } today
today-registrations-by-day = Registrations by day
today-space = Space taken
today-space-hint = { $taken } of { $area }, { $exhibitors } exhibitors
today-late = Late tasks
today-late-hint = { $count } critical to do
today-done = Tasks done
today-all-tasks = Whole plan
today-nothing-waits = Nothing waits for you
today-nothing-waits-hint = Tasks come here when they are yours to do, to check or to confirm.
today-waiting = Waiting for you ({ $count })
today-nothing-ahead = No milestone ahead.
today-ahead = Ahead
today-no-deviations = No deviation is open.
today-nobody = Nobody yet
today-until = until { $day }
today-deviations = Open deviations
today-all-applications = All
today-undecided = Applications to decide
today-journal = Journal
today-latest = Latest
today-persons = persons
today-entries = Entries
today-board = Live board
today-at-the-gates = At the gates today
today-all-registrations = All
today-curve = Registrations of the last four weeks
today-critical = critical
today-since = due { $day }
today-call-do = yours to do
today-call-check = yours to check
today-call-confirm = yours to confirm
today-call-take = nobody has taken it
