# Words of portal.
