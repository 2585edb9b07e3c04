"""The symptoms, a module for each place where one sees them; those there are found."""
