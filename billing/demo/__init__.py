"""Demo data: obviously invented, the same each time, with dates around today; and bulk data for measurements."""
