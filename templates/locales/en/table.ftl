# Bringing a table into the plan.

table-title = Import a table
table-hint = An export of this overview, or any table with a code or a name in each row. Nothing is changed before you have seen every row.
table-file = Table
table-file-hint = CSV (UTF-8, UTF-16, GB18030) or Excel workbook, at most 10 MB and 20,000 rows.
table-read = Read the table
table-new = New
table-changed = Changed
table-unchanged = Unchanged
table-rejected = Rejected
table-columns = Columns
table-column = Column { $number }
table-ignore = Leave out
table-judge = Look again
table-rows = Rows
table-line = Line
table-verdict = Result
table-why = Why
table-shown = Rejected rows first, then new and changed ones; at most { $most }.
table-rejected-hint =
    { $count ->
        [one] One row is rejected. Correct the file, or take over the rest.
        *[other] { $count } rows are rejected. Correct the file, or take over the rest.
    }
table-nothing-hint = The table says what the plan says already.
table-fine-hint =
    { $count ->
        [one] One row changes the plan.
        *[other] { $count } rows change the plan.
    }
table-take = Take the table over
table-take-rest = Take over without the rejected rows
table-rejected-file = Rejected rows as a file
table-other = Another file
table-taken = Imported. Tasks touched: { $count }.
table-field-code = Code
table-field-name = Name
table-field-name-en = English name
table-field-name-zh = Chinese name
table-field-phase = Phase
table-field-stage = Stage
table-field-kind = Kind
table-field-duration = Duration
table-field-start = Start
table-field-finish = Finish
table-field-deadline = Deadline
table-field-predecessors = Waits for
table-field-owner = Owner
table-field-checker = Checker
table-field-confirmer = Confirmer
table-field-place = Place
table-field-role = Team
table-field-place-kind = Kind of place
table-field-percent = Progress
table-field-priority = Priority
table-field-calendar = Calendar
table-field-objective = Objective
table-field-done-when = Done when
refusal-table-no-rows = The table has no rows.
refusal-table-columns = More than { $most } columns.
refusal-table-rows = More than { $most } rows.
refusal-table-kind = This is neither a CSV file nor an Excel workbook.
refusal-table-encoding = The letters of this file cannot be read. Save it as UTF-8.
refusal-table-unpacked = The workbook unpacks to more than it may.
refusal-table-text = The text is too long or has control characters.
refusal-table-word = “{ $value }” is not a word of this list.
refusal-table-place = There is no place “{ $value }” at this venue.
refusal-table-duration = “{ $value }” is no duration. Write days: 2.5
refusal-table-finish = The finish lies before the start.
refusal-table-code-twice = { $value } stands in the table twice.
refusal-table-rejected =
    { $count ->
        [one] One row is rejected; nothing was changed.
        *[other] { $count } rows are rejected; nothing was changed.
    }
refusal-table-nothing = The table changes nothing.
fact-document-table-kept = Read the table { $name }: { $rows } rows
