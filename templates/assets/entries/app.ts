// What every page has. Each part enhances links, forms and dialogs that also work without it.
import "htmx.org";
import { relativeTimes } from "../lib/ago";
import { asking } from "../lib/asking";
import { clocks } from "../lib/clock";
import { dialogs } from "../lib/dialogs";
import { follow } from "../lib/follow";
import { fresh } from "../lib/fresh";
import { lists } from "../lib/lists";
import { live } from "../lib/live";
import { palette } from "../lib/palette";
import { previews } from "../lib/preview";
import { shortcuts } from "../lib/shortcuts";
import { themes } from "../lib/theme";
import { toasts } from "../lib/toasts";

themes();
dialogs();
toasts();
lists();
palette();
shortcuts();
relativeTimes();
live();
previews();
follow();
fresh();
clocks();
asking();
