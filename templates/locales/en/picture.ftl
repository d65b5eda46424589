# Pictures as files.

picture-take = Download
picture-svg = SVG picture
picture-pdf = PDF on sheets of A3
