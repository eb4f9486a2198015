"""What protects the service: keys, rates, headers, limits, and an end to slow clients."""
