"""What an integration is sent, and how its answer becomes the method's.

One module for each: the parameters, the request, the three kinds of endpoint, the conversion of
content.
"""
