"""Credit notes, and the credits (prepaid money given back) that later invoices are settled with."""
