"""What people who write rule files need: lint, test, explain, which, capture, new."""
