"""VAT across borders: what the tax authorities say of numbers, and what was sold to consumers in the Union."""
