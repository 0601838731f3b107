"""Measuring the checks: translations damaged on purpose, and how much of the damage is found."""
