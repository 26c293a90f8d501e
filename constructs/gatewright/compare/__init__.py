"""Judges changes of contracts: what breaks callers, and what the next release is called.

Pure Python, without AWS and the CDK. `compare` tells the changes from one document to another,
`judge` those of all APIs of a release.
"""

from gatewright.compare.as_json import as_json
from gatewright.compare.change import Change, CompareError, Verdict
from gatewright.compare.changelog import changelog, differences
from gatewright.compare.comparison import compare
from gatewright.compare.declared import Declarations, Declared, read_declared, unknown_apis
from gatewright.compare.document_file import read_openapi_file
from gatewright.compare.judgement import JudgedApi, Judgement, judge
from gatewright.compare.report import report
from gatewright.compare.version import next_version

__all__ = [
    "Change",
    "CompareError",
    "Declarations",
    "Declared",
    "JudgedApi",
    "Judgement",
    "Verdict",
    "as_json",
    "changelog",
    "compare",
    "differences",
    "judge",
    "next_version",
    "read_declared",
    "read_openapi_file",
    "report",
    "unknown_apis",
]
