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
