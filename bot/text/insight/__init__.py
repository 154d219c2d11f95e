"""The words of which styles do best."""
