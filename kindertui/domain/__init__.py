"""What the words mean: frozen values and pure rules over them. No database, no screen, nothing of ours imported."""
