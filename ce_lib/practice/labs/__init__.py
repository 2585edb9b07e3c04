"""The labs' exercises, one file per lab."""

from ce_lib.practice.labs import floor_and_excess, forecasting, numerics

LABS = (floor_and_excess, forecasting, numerics)
