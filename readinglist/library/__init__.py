"""What the program can do: one file per verb, and `Library`, the one object that a front end holds."""
