"""What templates may say: `{% load datong %}`."""
