"""How records look on the wire: one function per schema of the contract, shared by answers and stream events."""
