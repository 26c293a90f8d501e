"""Mapping templates, checked before anything is deployed.

What AWS offers in a template: "Mapping template transformations" and "Variables for data
transformations for API Gateway". airspeed parses and renders; it is loaded for those who write
templates, and for nobody else.
"""

from gatewright.integrations.vtl.check import template_flaws

__all__ = ["template_flaws"]
