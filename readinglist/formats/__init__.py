"""One file per file format: text in, records and problems out, or papers in and text out."""
