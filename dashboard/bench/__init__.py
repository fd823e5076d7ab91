"""The servers that `voldaan bench` measures: the product's own routes and pages, and bare ones as their limits."""
