"""A name of one's own for APIs: certificate, records, and which API a request is for."""
