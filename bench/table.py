"""A report as a table for people."""

from collections.abc import Sequence

from bench.report import Ratio, Report, Row, is_kept

_DIGITS = 3


def table(report: Report) -> str:
    """The title, a line for each row, and a line for each ratio."""
    lines = [_cells(row) for row in report.rows]
    lines += [_ratio_cells(ratio) for ratio in report.ratios]
    heads = ("", "median", "min", "max", "runs", "")
    return f"{report.title}\n{aligned([heads, *lines])}\n"


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell: the first and last to the left, numbers to the right.

    A cell of one line that spans the rest of it, such as a reason, is put last.
    """
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    last = len(widths) - 1
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, last) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def number(value: float) -> str:
    """Three digits that mean something: 0.0123, 1.23, 12.3, 1234."""
    if value >= 10**_DIGITS:
        return f"{value:.0f}"
    return f"{value:.{_DIGITS}g}"


def _cells(row: Row) -> tuple[str, ...]:
    if row.summary is None:
        return (row.name, "-", "", "", "", f"not measured: {row.note}")
    found = row.summary
    values = (f"{number(found.median)} {row.unit}", number(found.least), number(found.most))
    notes = [_verdict(found.median, row.at_most, f" {row.unit}"), row.note]
    return (row.name, *values, str(found.runs), "; ".join(note for note in notes if note))


def _ratio_cells(ratio: Ratio) -> tuple[str, ...]:
    verdict = _verdict(ratio.value, ratio.at_most, "")
    return (ratio.name, f"x {number(ratio.value)}", "", "", "", verdict)


def _verdict(value: float, at_most: float | None, unit: str) -> str:
    if at_most is None:
        return ""
    kept = "kept" if is_kept(value, at_most) else "NOT KEPT"
    return f"at most {number(at_most)}{unit}: {kept}"
