"""What people see and touch. Never imports torch; pyqtgraph only inside `plots.py`, which is loaded on first use."""
