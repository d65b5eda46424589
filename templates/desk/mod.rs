//! Pages of devices on site.
