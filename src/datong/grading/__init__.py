"""Ring 2: how much harm a leak of each column would do, with the evidence (数据分类分级, GB/T 43697)."""
