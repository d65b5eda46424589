# Words of registration.
