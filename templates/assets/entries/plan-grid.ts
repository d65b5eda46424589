// The overview of the plan, for those who may change it.
import { grid } from "../lib/grid";

grid();
