# Words of devices at the door: what they tell, moving them, messages to them, quotas of rules.
door-needs = Needs
door-care-silent = Not heard of
door-care-battery = Battery low
door-care-unsent = Scans not sent
door-care-refused = Scans refused
door-care-stale = Old data
door-care-clock = Clock off
door-battery = Battery
door-charging = charging
door-unsent = Not sent
door-refused = Refused by the server
door-badges = Badges on the device
door-data-at = Badges and rules as of
door-clock = Clock off by
door-seconds = { $count } s
door-kept = Data kept by the browser
door-kept-yes = Yes
door-kept-no = Not promised
door-agent = Browser
door-told = What the device says

door-handed-in-late = handed in after the device was withdrawn

door-move = Move or change
door-move-help = The device keeps its key and hears of the change within seconds. What it scanned stays where it was scanned.
door-moved = Device changed.

door-messages = Messages
door-message-new = Send a message
door-messages-sent = Sent
door-messages-none = No messages yet
door-messages-none-help = A message appears on the screen of the device, until somebody there reads it or it runs out.
door-to = To
door-to-all = All devices
door-to-gate = All at gate { $gate }
door-to-device = Device { $device }
door-text = Message
door-minutes = Minutes shown
door-minutes-hint = Empty: 60.
door-send = Send
door-sent = Message sent.
door-from = From
door-until = Shown until
door-read = Read

admission-rule-quota = Quota
admission-rule-quota-hint = How many different people of one company or delegation may come in under this rule.
admission-rule-quota-limit = People
admission-quota-none = No quota
admission-quota-company = For each company
admission-quota-delegation = For each delegation or invitation
admission-quota-of-company = at most { $limit } of one company
admission-quota-of-delegation = at most { $limit } of one delegation

refusal-quota-needs-allow = Only a rule that lets in can have a quota.

fact-device-changed = Moved or changed: { $name }, gate { $gate }
fact-device-station-chosen = Badges of { $name } come out at { $station }
fact-device-station-cleared = No badges come out for { $name }
fact-device-message-sent = Message sent: { $text }
