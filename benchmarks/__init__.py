"""Speed and memory, each of ours beside a peer's in the same run. Quote ratios and medians: machines differ and are noisy."""
