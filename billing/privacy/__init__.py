"""What people may ask of their data (AVG, articles 15, 17 and 20): all of it in a file, and all of it gone."""
