"""The labs' exercises, one file per lab."""
