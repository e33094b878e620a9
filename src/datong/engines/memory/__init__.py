"""The engine that defines what is correct: plain Python, obviously right, slow. The others are held to it by tests."""
