"""The nightly build as one Airflow task. Copy to the DAG folder; PDU_PROJECT is the project's directory.

One task, because the build is one transaction: it publishes whole or not at all, and locks out others by itself.
"""

import os
from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG(
    "pdu_inspections",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
):
    BashOperator(
        task_id="build",
        bash_command=".venv/bin/pdu build --if-changed --log-format json",
        cwd=os.environ.get("PDU_PROJECT", "/srv/pdu"),
        append_env=True,
        skip_on_exit_code=6,
        execution_timeout=timedelta(minutes=15),
        retries=1,
        retry_delay=timedelta(minutes=10),
    )
