# Calendar feeds.

feed-title = Calendars to subscribe to
feed-hint = A calendar program reads your tasks at a secret address and stays up to date. Whoever knows the address sees the tasks: change or end it when it got around.
feed-none = No calendar yet
feed-none-hint = Make one for your own tasks or for a place, and paste its address into your calendar program.
feed-new = New calendar
feed-about = Tasks of
feed-about-person = My tasks
feed-about-place = A place
feed-place-hint = With everything that lies within it.
feed-make = Make the calendar
feed-address = Secret address
feed-once = Copy it now: it is shown this once. The old address, if there was one, answers nothing any more.
feed-used = Last read { $at }
feed-unused = Not read yet
feed-rotate = New address
feed-rotate-sure = Calendars that use the old address will stop. Go on?
feed-revoke = End
feed-revoke-sure = Calendars that use this address will stop. Go on?
feed-revoked = The calendar has ended.
refusal-feed-many = There are { $most } calendars already. End one first.
fact-user-feed-made = Made a calendar address
fact-user-feed-rotated = Changed a calendar address
fact-user-feed-revoked = Ended a calendar address
