# Words of the components, of dates and of units.
component-close = Close
component-back = Back
component-print = Print
component-progress = { $done } of { $total } done
component-timeline-empty = Nothing has happened here yet.
component-filter-all = All
component-filter-apply = Filter
component-filter-clear = Clear
component-pager = Pages
component-pager-of = { $shown } of { $total }
component-pager-of-more = { $shown } of more than { $total }
component-pager-shown = { $shown } shown
component-pager-first = To the start
component-pager-next = Next
component-export-csv = CSV
component-export-xlsx = Excel
component-form-refused = Please check what you entered
component-field-optional = (optional)
component-field-choose = Please choose

unit-days = { $count } d
unit-hours = { $count } h
unit-minutes = { $count } min

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

chart-table = Figures as a table
chart-label = What
component-cancel = Cancel
component-yes = Yes
component-save = Save
component-edit = Edit
component-add = Add
component-delete = Delete
