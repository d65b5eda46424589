# Words of venue.
