"""Ratios measured side by side in one run: never tests, never absolute times (machines are noisy)."""
