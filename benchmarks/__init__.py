"""What the program's figures are measured with: ratios of two things run in turn, because machines are noisy."""
