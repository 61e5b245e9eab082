"""Ways in which other reports print the same: signs, tables, headings, wording. Each changes a report's text.

Modules register their print styles when they are imported; `PRINT_STYLES` has them by name.
"""

from tests.support.print_styles import headings, signs, tables, wording  # noqa: F401
from tests.support.print_styles.registry import PRINT_STYLES, PrintStyle
from tests.support.print_styles.wording import other_names

# They leave it open which label or column a figure belongs to: such figures must be shown to a person, not read.
AMBIGUOUS = ("html_cells_on_lines", "values_on_the_line_before", "labels_then_values", "a_second_column_of_shares")

__all__ = ["AMBIGUOUS", "PRINT_STYLES", "PrintStyle", "other_names"]
