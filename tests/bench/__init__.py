"""Benchmarks: one module a promise, each with `main(argv) -> exit code`. Run with ``python -m tests.bench [name]``."""
