"""What the payment gateway did with the money that it collected: its reports, its fees, and its payouts to our bank."""
