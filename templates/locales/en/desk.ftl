# Words of desk.
