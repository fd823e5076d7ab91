"""What a customer changes of a service: cancelling, downgrading and upgrading it, each with a binding preview."""
