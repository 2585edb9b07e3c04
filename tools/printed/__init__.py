"""The whole book as one thing to hold: out of its built pages a PDF, and an EPUB."""
