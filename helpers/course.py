"""Set-up: quiet Keras import, seed, backend and device report, the doctor table."""
