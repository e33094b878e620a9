"""One store a capability, each keeping the Protocol that the capability asks for."""
