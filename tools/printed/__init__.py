"""The whole book as one thing to hold: out of its built pages a PDF, and an EPUB."""

import sys
from pathlib import Path

# The book's extension is installed nowhere.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
