"""What a paper is, and what can be done to one: plain values, no input or output."""
