# Words of plan.
