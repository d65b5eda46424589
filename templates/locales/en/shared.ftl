# Refusals every context uses.
refusal-required = Please fill this in.
refusal-too-long = At most { $max } characters.
refusal-not-a-number = This is not a whole number.
refusal-out-of-range = Must be between { $min } and { $max }.
refusal-not-a-date = This is not a date.
refusal-not-an-email = This is not an e-mail address.
refusal-unknown-choice = This is not one of the choices.
refusal-control-characters = Contains characters that cannot be shown.
refusal-stale = Someone changed this in the meantime. Please look at the new state and try again.
component-timeline = History
locale-en = English
locale-zh-CN = 简体中文
