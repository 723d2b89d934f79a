"""Coverage-guided fuzzing of the loader: `make fuzz`."""
