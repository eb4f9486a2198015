"""Dragoman for chatbots that speak the Model Context Protocol: tools, resources, a prompt."""
