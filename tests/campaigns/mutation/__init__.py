"""Mutation of the rules' SQL: are wrong rules caught by the rules' own unit tests?

``python -m tests.campaigns.mutation`` changes one operator, number, text, join or condition of a model at a time, runs
the model's dbt unit tests on the changed SQL in DuckDB, and writes docs/campaigns/mutation.md.
"""
