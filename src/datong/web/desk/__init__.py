"""An officer's desk: asking for data, answering those who ask, and querying under an agreement (工作台)."""
