"""What an operator sees of the service: request ids, the request log, metrics."""
