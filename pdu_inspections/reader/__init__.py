"""The reader: finds tables and figures in an inspection report and turns them into rows of seeds/reports.

A front end (`formats`) makes a document (`document`) of a file. Its lines are put into sections (`sections`), its form
and framework are settled (`layouts`), the readers of tables (`tables`) give rows, `prose` proposes figures of running
text, and `seeds` compares the rows with the CSVs and writes them. Nothing here knows a particular report.
"""
