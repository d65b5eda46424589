# People and companies.
party-title = Companies and people
party-kind-person = Person
party-kind-organisation = Company
party-kind-many-person = People
party-kind-many-organisation = Companies
party-search = Name, pinyin, phone, e-mail
party-name = Name
party-name-en = Name in Latin letters
party-name-zh = Name in Chinese
party-other-script = Name in the other script
party-company = Company
party-website = Web site
party-credit-code = Social credit code
party-country = Country
party-email = E-mail
party-phone = Phone
party-role = Role in this edition
party-roles-here = In this edition
party-none = Nobody matches
party-none-hint = Try fewer letters, pinyin, or another filter. People and companies come in with registrations and applications.
party-contacts = Contact
party-contacts-none = No address or number known.
party-works-for = Works for
party-people = People
party-affiliations-none = Nothing known.
party-participations = In the editions
party-participations-none = In no edition yet.
party-until = until { $day }
party-saved = Saved
party-stale = Somebody else changed this record. The form shows what is stored now; please enter your change again.

contact-kind-email = E-mail
contact-kind-phone = Phone
contact-kind-mobile = Mobile

participation-role-exhibitor = Exhibitor
participation-role-co-exhibitor = Co-exhibitor
participation-role-represented = Represented company
participation-role-pavilion-organizer = Pavilion organizer
participation-role-visitor = Visitor
participation-role-buyer = Buyer
participation-role-hosted-buyer = Hosted buyer
participation-role-speaker = Speaker
participation-role-media = Media
participation-role-sponsor = Sponsor
participation-role-contractor = Contractor
participation-role-agent = Agent
participation-role-staff = Staff

participation-status-prospect = Prospect
participation-status-invited = Invited
participation-status-applied = Applied
participation-status-screened = Screened
participation-status-confirmed = Confirmed
participation-status-present = Present
participation-status-no-show = No-show
participation-status-cancelled = Cancelled

refusal-not-a-phone = This is not a telephone number.
refusal-not-a-website = This is not the address of a web site.
refusal-not-a-credit-code = This is not a unified social credit code (18 characters).

fact-party-created = Added
fact-party-changed = Changed
fact-party-affiliated = Works for another organisation
fact-party-participates = New role in an edition
