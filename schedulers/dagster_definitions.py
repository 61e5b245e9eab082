"""The nightly build as one Dagster asset. PDU_PROJECT is the project's directory: dagster dev -f this_file."""

import json
import os
import subprocess
from pathlib import Path

import dagster as dg

PROJECT = Path(os.environ.get("PDU_PROJECT", "/srv/pdu"))
LOCKED = 6


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1, delay=600))
def pdu_inspections(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """The published file. The build locks, audits and publishes by itself; this passes its log on."""
    command = [str(PROJECT / ".venv/bin/pdu"), "build", "--if-changed", "--log-format", "json"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] not in {"node", "step"}:
                context.log.info(event["message"])
    if process.returncode not in {0, LOCKED}:
        raise dg.Failure(f"pdu build ended with exit code {process.returncode}")
    record = json.loads((PROJECT / "warehouse/current/build.json").read_text(encoding="utf-8"))
    rows = sum(mart["rows_n"] for mart in record["marts"])
    return dg.MaterializeResult(metadata={"build_id": record["build_id"], "rows": rows, "checks": len(record["tests"])})


job = dg.define_asset_job("build", selection=[pdu_inspections])

defs = dg.Definitions(
    assets=[pdu_inspections],
    jobs=[job],
    schedules=[dg.ScheduleDefinition(job=job, cron_schedule="30 2 * * *")],
)
