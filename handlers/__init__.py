"""The HTTP edge: one module per tag of the contract, one async function per operation, named like its operationId."""
