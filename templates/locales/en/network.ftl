# Words of the dependency network.

network-title = Network
network-of = Dependency network of { $count } tasks
network-focus = Code of a task to put in the middle
network-back = Steps before
network-ahead = Steps behind
network-scale = Size
network-fit = Fit
network-lanes-on = With lanes by phase
network-lanes-off = Without lanes
network-unknown = No task has the code “{ $code }”.
network-cut = { $count } tasks fit, a picture holds { $most }. Shown is the way to opening; choose a phase, or put a task in the middle.
network-keys = With the picture in focus: arrows move it, + and − scale it, 0 brings it back. Every box leads to its task.
network-legend-links = Dark arrows decide a date; a letter pair names links other than finish → start.
network-as-table = The same as a table
network-show = Network
