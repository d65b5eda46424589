# Words of party.
