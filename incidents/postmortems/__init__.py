"""What is written down once an incident is over: the draft that facts make, the clock of action items, the export."""
