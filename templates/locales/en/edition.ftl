# Words of edition.
edition-title = Editions
edition-new = New edition
edition-none = No edition yet
edition-none-hint = An edition is one run of a show. Create the first one: name, venue, days, and a plan to begin with.
edition-none-ask = You have no role in any edition yet. Ask an administrator to give you one.
edition-name = Edition
edition-status = State
edition-open-days = Open days
edition-venue = Venue
edition-gross-area = Gross area
edition-status-planning = Planning
edition-status-running = Running
edition-status-closed = Closed
edition-status-archived = Archived
edition-part-series = Series
edition-part-edition = Edition
edition-part-venue = Venue
edition-part-plan = Plan
edition-series = Series
edition-series-new = A new series
edition-series-name-en = Name of the new series (English)
edition-series-name-zh = Name of the new series (Chinese)
edition-series-kind = Kind of event
series-kind-exhibition = Exhibition
series-kind-conference = Conference
edition-only-new = Only when nothing is chosen above.
edition-venue-new = A new venue
edition-venue-name-en = Name of the new venue (English)
edition-venue-name-zh = Name of the new venue (Chinese)
edition-venue-city = City
edition-venue-country = Country or region
edition-name-en = Name (English)
edition-name-zh = Name (Chinese)
edition-slug = Short address
edition-slug-hint = Part of every address of this edition: lower-case letters, digits and hyphens, such as fair-2027.
edition-time-zone = Time zone
edition-build-up = Build-up begins
edition-opens = Opening day (D0)
edition-opens-hint = Every date of the plan is computed from this day.
edition-closes = Last open day
edition-breakdown = Breakdown ends
edition-badge-mode = Badge codes
badge-mode-signed = Signed: a gate without network still knows a genuine badge
badge-mode-random = Short random codes: known to the server only
edition-registration-open = Visitors may register
edition-applications-open = Companies may apply for stands
edition-template = Plan to begin with
edition-template-trade-show = Trade show: 120 tasks from the first study to the closed accounts
edition-template-conference = Conference: 43 tasks in five phases
edition-template-none = An empty plan
edition-create = Create edition
edition-created = { $name } is created.
edition-saved = The edition is saved.
edition-settings = Settings of the edition
edition-public = Addresses for the public
edition-register-url = Visitors register
edition-apply-url = Companies apply
edition-stale = Somebody changed these meanwhile. This is stored now; saving replaces it with what you typed.
refusal-not-a-slug = Use lower-case letters, digits and single hyphens only.
refusal-slug-taken = Another edition has this short address.
refusal-days-out-of-order = This day must come after { $before }.
refusal-too-many-open-days = At most { $max } open days.
fact-edition-created = Edition { $slug } created, opening on { $opens_on }
fact-edition-changed = Edition changed
fact-edition-list-downloaded = { $list ->
    [letters] Letters
    [groups] Groups
    [codes] Voucher codes
    [invitations] Invitations
    [parties] Companies or people
    [applications] Applications
    [journal] The journal
   *[other] A list
  } downloaded, rows: { $rows }
