"""Front ends: from a file of one of the formats that reports come in to the document model."""

from pdu_inspections.reader.formats.open import open_report

__all__ = ["open_report"]
