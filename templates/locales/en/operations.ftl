# Words of the live board's operations.
operations-next-hour = Expected next hour
operations-next-hour-unknown = Nobody has come in yet
operations-band = { $low } to { $high }
operations-basis-days = { $count ->
    [one] by the day before
   *[other] by { $count } days before
}
operations-basis-trend = by the last hour
operations-inside = People inside
operations-zone = Zone
operations-people = Inside
operations-capacity = Holds
operations-load = Load
operations-full = full
operations-nearly-full = nearly full
operations-room = room
operations-zones-none = No gate leads to a zone yet.
operations-devices = Devices
operations-paired = { $count ->
    [one] One device paired
   *[other] { $count } devices paired
}
operations-all-heard = No device needs anybody now
operations-unsent = { $count } scans not sent yet
operations-more = and { $count } more
operations-printing = Printing
operations-print-failed = { $count } failed
operations-print-trouble = { $count } stations in trouble
operations-print-waiting = { $count } waiting
