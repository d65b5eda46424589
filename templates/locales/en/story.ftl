# What moved and why.

story-title = What moved
story-hint = Every accepted change of the plan, with what it moved and why. Each can be read, printed and sent.
story-empty = No change yet
story-empty-hint = As soon as a change of dates is accepted, its story stands here.
story-revision = No.
story-what = What was changed
story-tasks-moved = Moved
story-of = What change { $revision } moved, and why
story-beside = Other changes
story-before = The change before
story-after = The change after
story-before-days = Before
story-after-days = After
story-lines-more = { $count } more tasks moved.

# Sentences
story-system = The system
story-task = { $code } “{ $name }”
story-days = { $days } d
story-changed = On { $when }, { $who } changed { $task }: { $fields }.
story-changed-several = On { $when }, { $who } changed { $what }.
story-by-task = On { $when }, { $who } changed { $what }.
story-by-opening = On { $when }, { $who } moved opening day.
story-by-data-date = On { $when }, { $who } moved the data date: what is behind it is fact, what is left to do begins at it or later.
story-by-other = On { $when }, { $who } changed the plan ({ $what }).
story-cause-levelling = levelling
story-cause-scenario = scenario
story-cause-places = needs of places
story-cause-conflict = a conflict solved
story-cause-hours = open hours of a place
story-cause-rules = rules by location
story-cause-soft-link = an order agreed on
story-cause-mspdi = import from Microsoft Project
story-cause-import = import of a table
story-cause-cell = a field of a task
story-cause-bulk = several tasks at once
story-cause-add = a new task
story-cause-copy = tasks copied
story-cause-delete = tasks taken out
story-cause-move = order of the list
story-cause-link = a new link
story-cause-unlink = a link taken out
story-cause-undo = taken back
story-cause-redo = made again
story-none = No task moves.
story-moved =
    { $count ->
        [one] One task
        *[other] { $count } tasks
    } { $done ->
        [yes] moved
        *[no] would move
    }: { $later } later, { $earlier } earlier.
story-furthest =
    Furthest { $done ->
        [yes] went
        *[no] would go
    } { $task }: { $shift }, from { $before } to { $after }.
story-float =
    { $count ->
        [one] One more task keeps its dates
        *[other] { $count } more tasks keep their dates
    } and only { $count ->
        [one] gains or loses
        *[other] gain or lose
    } float.
story-opening-missed =
    The plan { $done ->
        [yes] misses
        *[no] would miss
    } opening day by { $short }; before, it had { $before } of room.
story-opening-still-missed = Opening day is missed by { $short } (room before: { $before }).
story-opening-met =
    Opening day { $done ->
        [yes] is kept again
        *[no] would be kept again
    }, with { $after } of room.
story-opening-tighter =
    The room before opening day { $done ->
        [yes] shrank
        *[no] would shrink
    } from { $before } to { $after }.
story-opening-wider =
    The room before opening day { $done ->
        [yes] grew
        *[no] would grow
    } from { $before } to { $after }.
story-opening-same = The room before opening day stays at { $after }.
story-chains = How it spreads
story-chain = Along { $chain }: { $steps }.
story-itself = By itself: { $steps }.
story-step = { $task } { $shift }, now { $after }
story-then = {"; "}
story-steps-more = and { $count } more behind
story-chains-more = { $count } more chains; their tasks stand in the table.
story-milestones = Milestones
story-milestone = { $task } { $shift }, now { $after }
story-critical = Critical
story-critical-now =
    { $count } { $done ->
        [yes] became critical
        *[no] would become critical
    }: { $tasks }.
story-critical-no-more =
    { $count } { $done ->
        [yes] eased and are no longer critical
        *[no] would ease and no longer be critical
    }: { $tasks }.
story-breaks = What the plan cannot keep with it
story-repairs = What the plan can keep again
story-tasks = Tasks that came and went
story-added = New: { $tasks }.
story-removed = Taken out: { $tasks }.
story-in-words = In words

# Sending
story-send = Send to the team
story-send-to = To
story-send-note = A word with it
story-send-button = Send
story-sent =
    { $count ->
        [one] One mail is on its way.
        *[other] { $count } mails are on their way.
    }
story-mail-subject = { $edition }: what change { $revision } moved
story-mail-intro = { $from } sends you what change { $revision } of the plan moved, and why.
story-mail-button = Read it in Fairlead
fact-plan-story-sent = Sent the story of change { $revision } to { $count } of the team
