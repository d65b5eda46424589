# Words of exhibitor.
