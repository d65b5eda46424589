# Groups that come together.
delegation-list = Groups
delegation-name = Name of the group
delegation-kind = Kind
delegation-kind-company = Company
delegation-kind-delegation = Delegation
delegation-kind-staff = Exhibitor’s staff
delegation-leader = Leader
delegation-leader-email = Leader’s e-mail
delegation-leader-email-hint = The link to the group’s own page goes to this address.
delegation-category = Members come as
delegation-quota = Limit
delegation-quota-hint = At most so many live members. Empty: no limit.
delegation-state = State
delegation-open = Open
delegation-closed = Closed
delegation-members = Members
delegation-nobody = Nobody yet.
delegation-facts = About
delegation-search = Name, leader, number
delegation-new = New group
delegation-edit = Edit
delegation-add = Add a person
delegation-email-hint = The badge is sent here.
delegation-public-form = Group form
delegation-none = No groups yet
delegation-none-hint = A company or delegation registers its people together: its leader gets a link and names them.
delegation-not-found = No group matches.
delegation-send-link = Send link to leader
delegation-close = Close
delegation-reopen = Open again
delegation-created-flash = The group is made; its leader gets the link.
delegation-saved = Saved.
delegation-closed-flash = The group takes no more people.
delegation-opened-flash = The group takes people again.
delegation-link-flash = The link is on its way.
delegation-added-flash = Registered; the badge is on its way.

delegation-mail-subject = Register your group { $group } · { $edition }
delegation-mail-text = with this link you name the people of { $group } for { $edition }: one by one or with a table. Each gets a badge by e-mail. You can come back at any time to add people or take them off the list.
delegation-mail-button = Open my group
delegation-mail-bye = Keep this link to yourself: whoever has it can add and cancel people of your group.

group-title = Register a group
group-link = Coming with several people? Register a group.
group-hint = For companies and delegations. You get a link by e-mail and name your people there.
group-your-name = Your name
group-email-hint = The link to your group is sent here.
group-consent = I may pass on the data of the people I register, and the organizer may process mine and theirs to run the registration.
group-submit = Send me the link
group-thanks-text = We have sent you a message with the link to your group. Open it to name your people.
group-own-hint = Keep the link to this page: whoever has it can change your group.
group-count = { $count ->
    [one] 1 person
   *[other] { $count } people
  }
group-count-of = { $count } of at most { $quota } people

refusal-delegation-closed = This group takes no more people. Please ask the organizer.
refusal-delegation-full = Not enough places left: { $left } of { $quota }.
refusal-member-known = Somebody with these data is registered already and has just been sent the badge again. Nobody is registered twice.

subject-delegation = Groups
fact-delegation-created = Group { $number } made: { $name }
fact-delegation-changed = Group { $name } changed
fact-delegation-closed = Takes no more people
fact-delegation-opened = Takes people again
fact-delegation-link-sent = Link sent to the leader
fact-delegation-member-added = { $name } added, number { $number }
