"""What is sold (products) and what each customer has of it (services)."""
