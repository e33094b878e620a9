"""Ring 2: what data there is, whose it is, and on what terms it may be shared (政务数据目录)."""
