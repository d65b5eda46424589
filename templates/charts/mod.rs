//! Pictures made on the server: SVG with axis, unit and legend, and a table of the same figures.
