"""`pdu`, and `python -m pdu_inspections`."""

from pdu_inspections.environment import ignore_python_variables


def run() -> None:
    """Run the command line, with nothing imported that a variable of the caller's put in the way."""
    ignore_python_variables()
    from pdu_inspections.cli import main  # only now: it imports other packages

    main(prog_name="pdu")


if __name__ == "__main__":
    run()
