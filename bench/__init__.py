"""The measurements: `make bench`, or `python -m bench --help`. Never imported by the platform."""
