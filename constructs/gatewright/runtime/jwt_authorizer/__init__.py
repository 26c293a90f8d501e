"""The function of an authorizer of type jwt: checks tokens of one OpenID Connect or OAuth issuer.

A bundle of its own, with PyJWT and cryptography: no other function carries them. Whatever is not
known to be right is refused: with a 401 where the token is at fault, and with an error, which API
Gateway makes a 500, where the issuer cannot be asked.
"""
