"""The rules of channels, held in memory, and the gate's word."""
