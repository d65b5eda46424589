# Words of edition.
