# Words of access.
