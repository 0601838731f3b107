"""Training: sentence pairs → a neural model that the neural backends load, and that model fitted to a team's own texts.

`pairs` → `cleaning` → `vocabulary` → `corpus` (augmented, tokenized, memory-mapped) → `trainer` → `export`. Each step
leaves its result in the work folder, so that a cut costs little. Nothing here is imported by a run.
"""
