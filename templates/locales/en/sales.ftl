# Words of sales.
