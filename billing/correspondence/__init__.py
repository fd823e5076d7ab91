"""What people get to see of an invoice: the printed document, the page with its history, and the mails."""
