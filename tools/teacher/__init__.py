"""What only the teacher sees: it is part neither of the book nor of the wheel."""
