"""Ring 3: who asked for what, who approved it, and the agreement that the gateway enforces (政务数据共享条例)."""
