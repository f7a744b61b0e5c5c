"""How fast Interlock answers beside other engines, on generated data. Run by ``make bench``."""
