# Words of office.
