# Words of admission.
