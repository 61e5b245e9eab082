"""The reader: finds tables and figures in an inspection report and turns them into rows of seeds/reports.

The way through: a source gives lines (`source`, before it `pdf` or `workbook`), lines give sections and a layout
(`sections`, `layouts`), extractors (`cover`, `facts`, `ratings`, `questions`, `measures`, `caseloads`, `contextual`,
`recommendations`, `criteria`) give rows, `prose` proposes figures of running text, and `seeds` compares the rows with
the CSVs and writes them. Nothing here knows a particular report.
"""
