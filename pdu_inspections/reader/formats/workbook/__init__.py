"""Data workbooks (XLSX, ODS) as lines of a text form, one section to a sheet.

What a cell shows is what is read: `xlsx` applies number formats, `ods` takes the text the file holds. Formulas are
never run and links never followed: the value last stored counts.
"""
