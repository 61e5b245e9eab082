"""`python -m pdu_inspections` is `pdu`."""

from pdu_inspections.cli import main

if __name__ == "__main__":
    main(prog_name="pdu")
